import fc from 'fast-check'
import {
  checkDigit,
  hasCheckDigit,
  isGtin,
  isSscc,
  makeSscc,
  shippingSerialId,
} from '../../../lib/systems/sps-commerce/records.ts'

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))

describe('check digits', () => {
  it('agree with the GS1 examples of every length', () => {
    // GS1 documentation prefix 0614141, as the example documents use it.
    for (const good of ['614141001217', '00614141001217', '10614141001214', '006141410003187703', '4006381333931'])
      expect(hasCheckDigit(good)).toBe(true)
    expect(checkDigit('61414100121')).toBe('7')
  })

  it('a wrong digit anywhere is found', () => {
    fc.assert(
      fc.property(digits(17), fc.nat(16), fc.integer({ min: 1, max: 9 }), (body, place, shift) => {
        const good = body + checkDigit(body)
        const wrong = `${good.slice(0, place)}${(Number(good[place]) + shift) % 10}${good.slice(place + 1)}`
        return hasCheckDigit(good) && !hasCheckDigit(wrong)
      }),
    )
  })

  it('what is not digits is refused', () => {
    expect(() => checkDigit('12a')).toThrow(RangeError)
    expect(isGtin('61414100121X')).toBe(false)
    expect(isGtin('614141001218')).toBe(false)
    expect(isGtin('1')).toBe(false)
  })
})

describe('SSCC', () => {
  it('is made of extension, prefix and serial, filled up with zeros', () => {
    expect(makeSscc('0', '0614141', '318770')).toBe('006141410003187703')
    expect(() => makeSscc('0', '0614141', '1234567890123')).toThrow(RangeError)
  })

  it('is sent with its application identifier, whatever form it came in', () => {
    for (const form of ['006141410003187703', '00006141410003187703', '(00) 0 0614141 000318770 3'])
      expect(shippingSerialId(form)).toBe('00006141410003187703')
  })

  it('with a wrong check digit or length is none', () => {
    for (const wrong of ['006141410003187704', '06141410003187703', '', 'ABC'])
      expect(shippingSerialId(wrong)).toBeUndefined()
  })

  it('every made one is valid and keeps its parts', () => {
    fc.assert(
      fc.property(digits(1), digits(8), fc.nat(99_999_999), (extension, prefix, serial) => {
        const sscc = makeSscc(extension, prefix, String(serial))
        return isSscc(sscc) && sscc.startsWith(extension + prefix) && shippingSerialId(sscc) === `00${sscc}`
      }),
    )
  })
})
