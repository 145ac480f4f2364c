/** Items of one document in the partition of its business number. `doc#` is what a look-up reads; raw is apart. */
export const keys = {
  partition: (number: string) => `N#${number}`,
  raw: (documentId: string) => `raw#${documentId}`,
  map: (documentId: string, generation: number) => `doc#${documentId}#map${generation}`,
  state: (documentId: string) => `doc#${documentId}#state`,
  link: (documentId: string) => `doc#${documentId}#link`,
}

/** True for an item of a document; audit blocks and the agenda are in the same table. */
export const isOfDocument = ({ pk }: { pk: string }): boolean => pk.startsWith('N#')

/** Where what is to be looked after in an hour is ("2026-03-02T09"). */
export const agendaKey = (kind: 'captured' | 'due', hour: string): string => `${kind}#${hour}`

export const isOfAgenda = ({ pk }: { pk: string }): boolean => /^(captured|due)#/.test(pk)
