import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configJsonSchema, schemaFile } from '../../infra/schema.ts'
import { readConfig } from '../../lib/config/file.ts'
import { root } from './deployment.ts'

const directory = mkdtempSync(join(tmpdir(), 'ml-connector-synth-'))

/** Runs the app as the CDK command does, without bundling. */
function synth(context: Record<string, unknown> = {}) {
  const { ML_CONNECTOR_CONFIG: _, ...environment } = process.env
  return spawnSync(process.execPath, ['infra/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...environment,
      NODE_OPTIONS: '',
      CDK_OUTDIR: join(directory, 'out'),
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [], ...context }),
    },
  })
}

const file = (name: string, content: string) => {
  writeFileSync(join(directory, name), content)
  return join(directory, name)
}

const broken = {
  stage: 'production',
  customer: 'Juniper Slate',
  connections: { erp: { system: 'acumatica', schedule: 'hourly' } },
  integrations: {},
}

describe('synth', () => {
  it('needs no account and no network, and ends with a template', () => {
    const { status, stderr } = synth()
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const template = JSON.parse(
      readFileSync(join(directory, 'out', 'ml-connector-juniper-slate-dev.template.json'), 'utf8'),
    )
    expect(JSON.stringify(template)).not.toMatch(/\b\d{12}\b/)
  })

  it('names every problem of a configuration at once, each with its path, and no stack trace', () => {
    const path = file('broken.json', JSON.stringify(broken))
    const { status, stderr } = synth({ config: path })
    expect(status).toBe(1)
    expect(stderr).toMatch(new RegExp(`^${path} is not valid:\n`))
    for (const at of ['stage', 'customer', 'connections.erp.schedule']) expect(stderr).toContain(`\n  ${at}: `)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('says so where the file is missing or is no JSON', () => {
    expect(() => readConfig(join(directory, 'absent.json'))).toThrow('there is no such file')
    expect(() => readConfig(file('half.json', '{"stage": "dev",'))).toThrow('is not JSON')
  })

  it('has a schema for editors that is current (node infra/schema.ts writes it)', () => {
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(JSON.parse(JSON.stringify(configJsonSchema())))
  })
})
