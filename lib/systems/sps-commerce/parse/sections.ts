import type { Charge, ItemNumbers, Note, Party, Reference, Tax } from '../../../documents/parts.ts'
import { problem } from '../problem.ts'
import type { Findings, View } from './view.ts'

/** Leaves out what is absent, so that a canonical document has no undefined in it. */
export const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as T

/** Item numbers of any line; text, leading zeros kept (sps-commerce.md 7.1). */
export function itemNumbers(line: View): ItemNumbers {
  const other = line.many('ProductID').flatMap((id) => {
    const number = id.text('PartNumber')
    return number === undefined ? [] : [{ qualifier: id.text('PartNumberQual') ?? '', id: number }]
  })
  return defined({
    buyerPart: line.text('BuyerPartNumber'),
    vendorPart: line.text('VendorPartNumber'),
    upc: line.text('ConsumerPackageCode'),
    ean: line.text('EAN'),
    gtin: line.text('GTIN'),
    caseUpc: line.text('UPCCaseCode'),
    other: other.length > 0 ? other : undefined,
  })
}

/** The text with characteristic 08 (description), else the first one that has no other characteristic. */
export function description(item: View): string | undefined {
  const all = item.many('ProductOrItemDescription')
  const of = (code: string | undefined) =>
    all.find((d) => d.code('ProductCharacteristicCode', 2) === code && d.has('ProductDescription'))
  return (of('08') ?? of(undefined))?.text('ProductDescription')
}

export function parties(header: View): Party[] {
  return header.many('Address').map((a) => {
    const contact = a.many('Contacts')[0]
    const lines = ['Address1', 'Address2', 'Address3', 'Address4'].map((n) => a.text(n))
    return defined({
      role: a.text('AddressTypeCode') ?? '',
      code: a.text('AddressLocationNumber'),
      codeQualifier: a.text('LocationCodeQualifier'),
      name: a.text('AddressName'),
      name2: a.text('AddressAlternateName'),
      address: lines.filter((l) => l !== undefined),
      city: a.text('City'),
      state: a.text('State'),
      postalCode: a.text('PostalCode'),
      country: a.text('Country'),
      contact: contact?.text('ContactName'),
      phone: contact?.text('PrimaryPhone'),
      email: contact?.text('PrimaryEmail'),
    })
  })
}

export const dates = (section: View): { qualifier: string; date: string; time?: string }[] =>
  section.many('Dates').flatMap((d) => {
    const qualifier = d.code('DateTimeQualifier', 3)
    const date = d.day('Date')
    return qualifier === undefined || date === undefined ? [] : [defined({ qualifier, date, time: d.text('Time') })]
  })

export const references = (section: View): Reference[] =>
  section.many('References').flatMap((r) => {
    const id = r.text('ReferenceID')
    const about = r.text('Description')
    if (id === undefined && about === undefined) return []
    return [defined({ qualifier: r.text('ReferenceQual') ?? '', id: id ?? '', description: about })]
  })

export const notes = (section: View): Note[] =>
  section.many('Notes').flatMap((n) => {
    const text = n.text('Note')
    return text === undefined ? [] : [defined({ code: n.text('NoteCode'), text })]
  })

export const taxes = (section: View): Tax[] =>
  section.many('Taxes').map((t) =>
    defined({
      code: t.text('TaxTypeCode'),
      amount: t.decimal('TaxAmount'),
      percent: t.decimal('TaxPercent'),
      exempt: t.text('TaxExemptCode'),
      id: t.text('TaxID'),
    }),
  )

/** Charges and allowances (sps-commerce.md 7.8). An indicator that is neither A, C nor N touches no total: read as N. */
export const charges = (section: View, found: Findings): Charge[] =>
  section.many('ChargesAllowances').map((c) => {
    const sent = c.text('AllowChrgIndicator')?.toUpperCase()
    const indicator = sent === 'A' || sent === 'C' || sent === 'N' ? sent : 'N'
    if (indicator !== sent)
      found.warnings.push(
        problem(
          'SPS_UNKNOWN_CODE',
          `AllowChrgIndicator is ${sent === undefined ? 'absent' : `"${sent}"`}; the entry is kept but counted neither as charge nor as allowance`,
          c.at('AllowChrgIndicator'),
        ),
      )
    return defined({
      indicator,
      code: c.text('AllowChrgCode'),
      description: c.text('AllowChrgHandlingDescription'),
      amount: c.decimal('AllowChrgAmt'),
      percent: c.decimal('AllowChrgPercent'),
      percentQualifier: c.text('AllowChrgPercentQual'),
      rate: c.decimal('AllowChrgRate'),
      rateQuantity: c.decimal('AllowChrgQty'),
      rateUnit: c.text('AllowChrgQtyUOM'),
      handling: c.code('AllowChrgHandlingCode', 2),
      sequence: c.integer('CalculationSequence'),
    })
  })
