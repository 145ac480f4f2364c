import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** One function's code as it is deployed. */
export interface Bundle {
  /** Construct path below the stack: "Connection-sps/Pusher". */
  function: string
  /** The bundled module. */
  file: string
  /** Of everything that is uploaded for it, before the zip. */
  bytes: number
}

interface Template {
  Resources: Record<
    string,
    { Type: string; Metadata?: Record<string, string>; Properties: { Code?: { S3Key?: string } } }
  >
}

/** The bundles of a synthesised app, largest first: what size budgets and load-time measurements are taken of. */
export function bundlesOf(assembly: string): Bundle[] {
  const templates = readdirSync(assembly).filter((f) => f.endsWith('.template.json'))
  const functions = templates.flatMap((f) => {
    const { Resources } = JSON.parse(readFileSync(join(assembly, f), 'utf8')) as Template
    return Object.entries(Resources).filter(([, r]) => r.Type === 'AWS::Lambda::Function')
  })
  return functions
    .map(([id, { Metadata, Properties }]): Bundle => {
      const asset = join(assembly, `asset.${Properties.Code?.S3Key?.replace(/\.zip$/, '')}`)
      const name = Metadata?.['aws:cdk:path']?.replace(/^[^/]+\/(.+)\/Function\/Resource$/, '$1') ?? id
      const bytes = readdirSync(asset).reduce((sum, f) => sum + statSync(join(asset, f)).size, 0)
      return { function: name, file: join(asset, 'index.mjs'), bytes }
    })
    .sort((a, b) => b.bytes - a.bytes)
}

/** `node infra/bundles.ts [cdk.out]` prints them. */
if (import.meta.main)
  for (const { function: name, bytes } of bundlesOf(process.argv[2] ?? 'cdk.out'))
    process.stdout.write(`${(bytes / 1024).toFixed(0).padStart(6)} KB  ${name}\n`)
