import type { Exceptions } from '../../api.ts'
import { href } from '../use.ts'

type Row = NonNullable<Exceptions['causes'][number]['row']>

/** The place on the page where a missing row is added, with the cells that are known. */
export const addRow = ({ table, cells }: Row, integration = ''): string =>
  href('tables', integration, table, new URLSearchParams(cells).toString())
