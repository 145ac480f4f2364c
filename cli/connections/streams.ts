import { configOf, connectionContext } from '../deployment/connection.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { systemReaders } from '../systems.ts'

/** Names of the streams that are read from a connection, in the order of its polls; none where nothing is. */
export function streamsOf(name: string, deployment: Deployment, configFile?: string): string[] {
  const context = connectionContext(name, deployment, configFile)
  const system = configOf(deployment, configFile).connections[name]?.system ?? ''
  return context.wanted.length === 0 ? [] : (systemReaders[system]?.(context).streams() ?? [])
}
