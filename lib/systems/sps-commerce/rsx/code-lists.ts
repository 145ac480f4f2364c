/*
 * Closed code lists of RSX 7.7.7 (sps-commerce.md §7, code-lists.json). Lists of which only extracts are public
 * (units, references, dates, charges, taxes, addresses) are not here: their codes are let through both ways.
 */
export const codeLists: Readonly<Record<string, readonly string[]>> = {
  TsetPurposeCode: ['00', '01', '04', '05', '06', '07', '20', 'CN'],
  ASNStructureCode: ['0001', '0004', 'SOTPI', '0000'],
  AcknowledgementType: ['AK', 'AD', 'AC', 'AE', 'AH', 'AP', 'RD', 'RF', 'RJ', 'RO'],
  ItemStatusCode: [
    ...['IA', 'IQ', 'IP', 'DR', 'IS', 'UM', 'IC', 'IB', 'BP', 'AC', 'AR', 'IE', 'SP', 'IH', 'ID', 'IR', 'ROS'],
    ...['R1', 'R2', 'R3', 'R4', 'CC'],
  ],
  LineChangeCode: [
    ...['AI', 'DI', 'QI', 'QD', 'PC', 'PQ', 'CT', 'CL', 'RQ', 'RZ', 'CA', 'CC', 'CE', 'CS', 'NCH', 'RC'],
  ],
  InvoiceTypeCode: ['DR', 'CR', 'PRO', 'SELF', 'U5'],
  AllowChrgIndicator: ['A', 'C', 'N'],
  AllowChrgHandlingCode: ['01', '02', '03', '04', '05', '06', '09', '13', '15'],
  AllowChrgPercentQual: ['1', '2', '3', '4', '5', '6', '7'],
  PackQualifier: ['OU', 'IN', 'CP'],
  PackLevelType: ['P', 'T'],
  StatusCode: ['CL', 'PR', 'CM', 'CS', 'BK'],
}

export const lineChangeCodes: ReadonlySet<string> = new Set(codeLists.LineChangeCode)

/** TsetPurposeCode as the canonical purpose; 20 (final) and CN (completed) have none of their own. */
export const purposeNames: Readonly<Record<string, string>> = {
  '00': 'original',
  '01': 'cancel',
  '04': 'change',
  '05': 'replace',
  '06': 'confirm',
  '07': 'duplicate',
  '20': 'other',
  CN: 'other',
}
