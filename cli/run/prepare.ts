import { existsSync } from 'node:fs'
import { integrationInstances } from '../../lib/config/config.ts'
import { integrations } from '../../lib/config/register.ts'
import type { RunOptions } from '../commands/run.ts'
import { readConfigFile } from '../configuration.ts'
import { folderOf, tablesFrom } from '../csv/directory.ts'
import { WrongUse } from '../exit.ts'
import { secretsFor, storedSecrets } from './secrets.ts'
import type { Workplace } from './workplace.ts'

/** What can be known to be wrong before anything is started. */
export function checkBefore(config: string, { secrets, state }: RunOptions): void {
  secretsFor(readConfigFile(config), secrets, process.env, () => state !== undefined && existsSync(state))
}

/** Credentials and tables. The sample brings its own. */
export async function prepare(workplace: Workplace, options: RunOptions): Promise<void> {
  const { sample, config, embedded, outputs } = workplace
  if (options.faults) {
    if (!sample) throw new WrongUse('--faults is for the sample: real systems fail by themselves')
    sample.makeTrouble()
  }
  if (!sample) {
    const stored = await storedSecrets(outputs.connections, workplace.aws)
    const secrets = secretsFor(config, options.secrets, process.env, (name) => stored.has(name))
    for (const { name, secretArn } of outputs.connections)
      if (secrets[name]) embedded.setSecret(secretArn, JSON.stringify(secrets[name]))
  }
  const directory = options.tables ?? sample?.tables
  if (directory === undefined) return
  for (const { name, type } of integrationInstances(config)) {
    const integration = integrations[type]
    // A sample that goes on keeps the tables a person has corrected meanwhile.
    if (!integration || (options.tables === undefined && (await workplace.tables.head(name)))) continue
    for (const table of Object.values(tablesFrom(integration, folderOf(name, directory))))
      await workplace.tables.save(name, table.name, table.rows)
  }
}
