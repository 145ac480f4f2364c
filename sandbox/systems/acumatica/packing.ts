import type { Data } from './data.ts'
import type { ShipOptions } from './shipping.ts'
import { type ApiRecord, fields, guid, num, quantity, sscc, str, system } from './wire.ts'

export interface PackedLine {
  /** Order and line number; the order may be left out where the shipment has one. */
  order?: string
  line: number
  /** In the order line's unit. */
  quantity: number
}

export interface Carton {
  lines: PackedLine[]
  tracking?: string
  weight?: number
  sscc?: string
  box?: string
}

/** A line of an order with what of it is shipped. */
export interface Shipped {
  order: ApiRecord
  line: ApiRecord
  item: ApiRecord | undefined
  quantity: number
  /** Base units in one unit of the line. */
  factor: number
  number: number
}

/** Cartons: contents in base units, pointing to the split of their line and to nothing else (acumatica.md §7). */
export function pack(data: Data, name: string, shipped: Shipped[], options: ShipOptions): ApiRecord[] {
  const { packages = 1 } = options
  const cartons = typeof packages === 'number' ? dealOut(shipped, packages) : packages
  return cartons.map((carton, i) => {
    const inside = carton.lines.flatMap((packed) => {
      const one = shipped.find(
        (s) => num(s.line, 'LineNbr') === packed.line && (!packed.order || str(s.order, 'OrderNbr') === packed.order),
      )
      return one ? [{ one, base: quantity(packed.quantity * one.factor) }] : []
    })
    const goods = inside.reduce((sum, { one, base }) => sum + base * (num(one.item, 'DimensionWeight') || 1), 0)
    const label = carton.sscc ?? (options.sscc === false ? undefined : sscc(318_000 + data.next('sscc')))
    return {
      ...system(`${name}|package|${i + 1}`, i + 1),
      NoteID: { value: guid(`${name}|package|${i + 1}`) },
      ...fields({
        LineNbr: i + 1,
        BoxID: carton.box ?? 'CTN24',
        Type: 'Manual',
        Confirmed: true,
        TrackingNbr: carton.tracking ?? options.tracking,
        Weight: carton.weight ?? Math.round((goods + 1.5) * 10) / 10,
        UOM: 'LB',
        Length: 20,
        Width: 14,
        Height: 12,
        DeclaredValue: 0,
        Description: undefined,
        CustomRefNbr1: label,
        CustomRefNbr2: undefined,
      }),
      PackageContents:
        options.contents === false
          ? []
          : inside.map(({ one, base }, at) => content(`${name}|package|${i + 1}`, at, one, base)),
    }
  })
}

/** Lines dealt out to so many cartons, each line whole. */
const dealOut = (shipped: Shipped[], count: number): Carton[] => {
  const cartons = Math.min(count, shipped.length)
  return Array.from({ length: cartons }, (_, i) => ({
    lines: shipped
      .filter((_one, at) => at % cartons === i)
      .map((one) => ({ order: str(one.order, 'OrderNbr'), line: num(one.line, 'LineNbr'), quantity: one.quantity })),
  }))
}

const content = (name: string, at: number, one: Shipped, base: number): ApiRecord => ({
  ...system(`${name}|${at + 1}`, at + 1),
  ...fields({
    InventoryID: str(one.line, 'InventoryID'),
    Quantity: base,
    UOM: str(one.item, 'BaseUOM') || str(one.line, 'UOM'),
    ShipmentSplitLineNbr: one.number,
    LotSerialNbr: '',
    OrigOrderType: undefined,
    OrigOrderNbr: undefined,
  }),
})
