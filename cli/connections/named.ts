import type { DeployedConnection, Deployment } from '../deployment/deployment.ts'
import { WrongUse } from '../exit.ts'
import { didYouMean } from '../suggest.ts'

/** The deployed connection of a name. Throws WrongUse, naming what there is. */
export function connectionNamed({ connections }: Deployment, name: string): DeployedConnection {
  const found = Object.hasOwn(connections, name) ? connections[name] : undefined
  if (!found) throw new WrongUse(`there is no connection "${name}"; ${didYouMean(name, Object.keys(connections))}`)
  return found
}
