/** Items of one document in the partition of its business number. `doc#` is what a look-up reads; raw is apart. */
export const keys = {
  partition: (number: string) => `N#${number}`,
  raw: (documentId: string) => `raw#${documentId}`,
  map: (documentId: string, generation: number) => `doc#${documentId}#map${generation}`,
  state: (documentId: string) => `doc#${documentId}#state`,
  link: (documentId: string) => `doc#${documentId}#link`,
}
