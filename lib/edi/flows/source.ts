/** How documents of an ERP go out. */
export interface ErpSource<Settings> {
  /** The flow's name. */
  name: string
  /** The ERP's system. */
  source: string
  /** True where orders that people entered for a trading partner are answered like those that came by EDI. */
  byHand(settings: Settings): boolean
  /** True where people cannot give an order line the buyer's number: one that they entered anew is known by its item. */
  linesByItem?: boolean
}
