import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openState } from '../../sandbox/aws/state.ts'

/** Throws StateInUseError where a run is still going in the directory. */
export function assertFree(stateDir: string): void {
  if (existsSync(join(stateDir, 'aws.db'))) openState(stateDir, true).close()
}
