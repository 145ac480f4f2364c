/*
 * The sections RSX 7.7.7 documents share. Names, kinds and order: sps-commerce.md 7.1 to 7.8 and the example
 * documents. Amounts are in the document's currency, percentages 0 to 100, dates YYYY-MM-DD, times HH:MM:SS with
 * offset. Fields of the structure that no flow needs are left out: a writer may not add what is not here.
 */
export * from './parts/commercial.ts'
export * from './parts/common.ts'
export * from './parts/goods.ts'
