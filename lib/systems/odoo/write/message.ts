import type { Problem } from '../../../core/problems.ts'
import type { Odoo } from '../rpc.ts'
import { findRecord, qualified } from './external-id.ts'
import { paragraphs } from './html.ts'
import { load } from './load.ts'

/** A record that people look at. */
export interface Told {
  model: string
  id: number
}

/**
 * A note in a record's history, once for its name: `load` refuses to write a message twice, whoever races (seen on 18
 * and 19).
 * @param name of the external id (external-id.ts)
 * @returns what Odoo did not take
 */
export const postNote = (odoo: Odoo, name: string, { model, id }: Told, text: string): Promise<Problem[]> =>
  once(odoo, 'mail.message', name, [
    ['model', model],
    ['res_id', String(id)],
    ['body', paragraphs(text)],
    ['message_type', 'comment'],
    ['subtype_id/id', 'mail.mt_note'],
  ])

/**
 * Something for somebody to do at a record, once for its name, due today: for the user named, else for the connection's own.
 * Up to 18 an activity that was done is gone, and would come again: so a note under another name is written after it.
 * @param user database id
 */
export const askFor = (
  odoo: Odoo,
  name: string,
  { model, id }: Told,
  { summary, text, user }: { summary: string; text: string; user?: number | undefined },
): Promise<Problem[]> =>
  once(odoo, 'mail.activity', name, [
    // Models are not to be seen by everybody; their external ids are (odoo.md §2.4, seen on 18 and 19).
    ['res_model_id/id', `${model.split('.')[0]}.model_${model.replaceAll('.', '_')}`],
    ['res_id', String(id)],
    ['activity_type_id/id', 'mail.mail_activity_data_todo'],
    ['summary', summary],
    ['note', paragraphs(text)],
    ...(user === undefined ? [] : ([['user_id/.id', String(user)]] as [string, string][])),
  ])

async function once(odoo: Odoo, model: string, name: string, cells: [string, string][]): Promise<Problem[]> {
  const made = await load(odoo, model, {
    columns: ['id', ...cells.map(([column]) => column)],
    rows: [[qualified(name), ...cells.map(([, cell]) => cell)]],
  })
  return 'ids' in made || (await findRecord(odoo, name)) ? [] : made.problems
}
