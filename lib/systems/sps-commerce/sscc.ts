import { checkDigit, hasCheckDigit } from './check-digits.ts'

/** True for 18 digits with a right check digit. */
export const isSscc = (digits: string): boolean => /^\d{18}$/.test(digits) && hasCheckDigit(digits)

/**
 * Makes an SSCC-18 of extension digit, GS1 company prefix and serial number: 17 digits together, the serial filled
 * up with zeros, and the check digit. Throws RangeError where they do not fit. Uniqueness is the caller's: a number
 * is not reused for 12 months (sps-commerce.md §10).
 */
export function makeSscc(extension: string, companyPrefix: string, serial: string): string {
  const room = 17 - extension.length - companyPrefix.length
  if (!/^\d$/.test(extension) || !/^\d{7,12}$/.test(companyPrefix) || !/^\d+$/.test(serial) || serial.length > room)
    throw new RangeError('an SSCC is one extension digit, a company prefix of 7 to 12 digits and a serial, 17 together')
  const digits = extension + companyPrefix + serial.padStart(room, '0')
  return digits + checkDigit(digits)
}

/**
 * The value of `ShippingSerialID`: application identifier 00 and the SSCC-18, 20 digits (sps-commerce.md 7.4).
 * Takes an SSCC with or without the identifier, blanks and the brackets of the printed form "(00)".
 * Undefined where that is no SSCC or its check digit is wrong.
 */
export function shippingSerialId(sscc: string): string | undefined {
  const digits = sscc.replace(/[\s()]/g, '')
  const bare = digits.length === 20 && digits.startsWith('00') ? digits.slice(2) : digits
  return isSscc(bare) ? `00${bare}` : undefined
}
