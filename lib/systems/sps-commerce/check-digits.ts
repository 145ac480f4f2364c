/**
 * GS1 check digit of the digits before it: weights 3 and 1 from the right, up to the next ten (sps-commerce.md §10).
 * The same rule serves UPC-A, EAN-8, EAN-13, GTIN-14 and SSCC-18. Throws RangeError where `digits` is not all digits.
 */
export function checkDigit(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new RangeError('a check digit needs digits only')
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1)
  return String((10 - (sum % 10)) % 10)
}

/** True where the last digit is the right check digit. Says nothing about the length. */
export const hasCheckDigit = (digits: string): boolean =>
  /^\d{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.slice(-1)

/** True for a UPC-A (12), EAN-8, EAN-13 or GTIN-14 with a right check digit. */
export const isGtin = (digits: string): boolean => /^(\d{8}|\d{12,14})$/.test(digits) && hasCheckDigit(digits)
