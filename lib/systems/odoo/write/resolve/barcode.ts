/** Lengths of GTIN-8, UPC, EAN-13 and GTIN-14. */
const lengths = [8, 12, 13, 14]

/**
 * All spellings of a barcode: as it stands, and a GTIN in every length its digits fit into, since a UPC of 12 digits
 * is stored as an EAN of 13 by some and as a GTIN of 14 by others.
 */
export function spellings(barcode: string): string[] {
  const code = barcode.trim()
  if (code === '') return []
  if (!/^\d+$/.test(code) || !lengths.includes(code.length)) return [code]
  const digits = code.replace(/^0+/, '')
  if (digits === '') return [code]
  return [
    ...new Set([
      code,
      ...lengths.filter((length) => length >= digits.length).map((length) => digits.padStart(length, '0')),
    ]),
  ]
}
