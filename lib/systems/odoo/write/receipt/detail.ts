import type { Problem } from '../../../../core/problems.ts'
import type { Odoo } from '../../rpc.ts'
import { findLocations } from '../resolve/location.ts'
import { problem } from '../work.ts'
import { hasLots, type Lotted, lotted, readLots } from './lots.ts'
import type { Taken } from './match.ts'
import type { MoveLine } from './move-lines.ts'
import type { StockNames } from './names.ts'
import type { Goods, Way } from './way.ts'

/** Part of a move with a lot, a package or a location of its own. */
export interface Detail extends Lotted {
  pack?: string
  locationId?: number
}

/** What pieces need that the move as a whole does not say; absent where its quantity says everything. */
export type Details = ReadonlyMap<number, Detail[]>

/** Lots, packages and locations of pieces. Lots that are not there yet are made by Odoo when goods come in. */
export async function resolveDetails(
  odoo: Odoo,
  { names, goods, way }: { names: StockNames; goods: Goods; way: Way },
  taken: readonly Taken[],
  lines: readonly MoveLine[],
  companyId: number,
): Promise<{ details: Details; problems: Problem[]; warnings: Problem[] }> {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const apart = taken.some(({ pieces }) => pieces.some(({ line }) => line.held))
  const [lots, held, place] = await Promise.all([
    readLots(odoo, names, taken, companyId),
    apart ? quarantineLocation(odoo, goods.quarantine, companyId, problems) : undefined,
    goods.place === undefined ? undefined : ownLocation(odoo, goods.place, way, companyId, problems),
  ])
  const details = new Map<number, Detail[]>()
  for (const one of taken) {
    // Lines with their lots stay as they are, wherever they lie.
    const keeps = hasLots(one, { way, lines })
    const rows = one.pieces.flatMap((piece) => {
      const { pack, held: isHeld } = piece.line
      const locationId = isHeld ? held : keeps ? undefined : place
      return lotted(one, piece, { names, goods, way, lines, lots, problems, warnings }).map(
        (row): Detail => ({
          ...row,
          ...(pack === undefined || pack === '' ? {} : { pack }),
          ...(locationId === undefined ? {} : { locationId }),
        }),
      )
    })
    const plain = rows.every((row) => Object.keys(row).length === 1)
    if (!plain) details.set(one.move.id, rows)
  }
  return { details, problems, warnings }
}

async function quarantineLocation(
  odoo: Odoo,
  name: string | undefined,
  companyId: number,
  problems: Problem[],
): Promise<number | undefined> {
  const ids = name === undefined ? [] : await findLocations(odoo, name, companyId)
  if (ids.length === 1) return ids[0]
  const message =
    name === undefined
      ? 'Some goods are damaged or held, and no location for them is configured.'
      : `The location "${name}" for damaged and held goods is ${howMany(ids)} in Odoo.`
  problems.push(problem('ODOO_LOCATION_NOT_FOUND', message, 'quarantine'))
  return undefined
}

async function ownLocation(
  odoo: Odoo,
  name: string,
  { code }: Way,
  companyId: number,
  problems: Problem[],
): Promise<number | undefined> {
  const ids = await findLocations(odoo, name.trim(), companyId)
  if (ids.length === 1) return ids[0]
  const [what, path] = code === 'incoming' ? ['put', 'destination'] : ['taken from', 'source']
  const message = `The location "${name}" that goods are ${what} is ${howMany(ids)} in Odoo.`
  problems.push(problem('ODOO_LOCATION_NOT_FOUND', message, path))
  return undefined
}

const howMany = (ids: readonly number[]): string => (ids.length === 0 ? 'not' : 'more than once')
