import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface TemplateResource {
  Type: string
  Properties?: Record<string, unknown>
  Condition?: string
}

export interface CloudFormation {
  Resources: Record<string, TemplateResource>
  Parameters?: Record<string, { Default?: unknown }>
  Conditions?: Record<string, unknown>
  Mappings?: Record<string, Record<string, Record<string, unknown>>>
  Outputs?: Record<string, { Value: unknown }>
}

/** Where a template is deployed to. */
export interface Surroundings {
  stack: string
  region: string
  account: string
  /** The endpoint's address: what queue URLs begin with. */
  url: string
  /** Where the template's HTTP API is served; absent where nothing serves it. */
  apiUrl?: string
}

/** A synthesised stack: its template and the directories of its assets by object key. */
export interface Synthesised {
  stack: string
  template: CloudFormation
  /** Absolute directory of an asset by its S3 object key ("<hash>.zip"). */
  assets: Record<string, string>
}

/** The template cannot be run as it stands; the message says which part. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

interface AssetManifest {
  files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>
}

/**
 * Reads what `cdk synth` wrote.
 * @param directory the cloud assembly ("cdk.out")
 * @param stack the stack's name; may be left out where there is only one
 */
export function readSynthesised(directory: string, stack?: string): Synthesised {
  const found = existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => file.endsWith('.template.json'))
        .map((file) => file.slice(0, -'.template.json'.length))
    : []
  const name = stack ?? (found.length === 1 ? found[0] : undefined)
  if (found.length === 0) throw new TemplateError(`${directory} holds no template; run "npm run synth" first`)
  if (name === undefined || !found.includes(name))
    throw new TemplateError(`${directory} holds the stacks ${found.join(', ')}; name one of them`)
  const read = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'))
  const manifest = existsSync(join(directory, `${name}.assets.json`))
    ? (read(`${name}.assets.json`) as AssetManifest)
    : {}
  const assets: Record<string, string> = {}
  for (const file of Object.values(manifest.files ?? {}))
    for (const destination of Object.values(file.destinations))
      if (file.source.path) assets[destination.objectKey] = resolve(directory, file.source.path)
  return { stack: name, template: read(`${name}.template.json`) as CloudFormation, assets }
}
