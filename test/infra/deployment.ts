import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { createApp } from '../../infra/app.ts'
import { ConnectorStack } from '../../infra/stack.ts'
import { parseConfig } from '../../lib/config/config.ts'

export const root = join(import.meta.dirname, '..', '..')

export interface Statement {
  Sid: string
  Effect: string
  Action: string | string[]
  Resource: unknown
  Condition?: Record<string, Record<string, unknown>>
}

export interface Resource {
  Type: string
  Properties: Record<string, unknown>
  DeletionPolicy?: string
  Metadata?: Record<string, unknown>
}

/** A synthesised deployment, without bundling: what a test looks into. */
export interface Deployment {
  app: App
  stack: ConnectorStack
  template: Template
  /** Resources of a type by logical id. */
  resources(type: string): [string, Resource][]
  /** The one resource of a type whose logical id begins so. */
  one(type: string, prefix: string): [string, Resource]
  /** The statements of a function's role, by the logical id's beginning ("ConnectionspsPusher"). */
  statements(prefix: string): Statement[]
}

/** The example configuration, with changes merged into its top level. */
export function exampleConfig(changes: Record<string, unknown> = {}) {
  const example = JSON.parse(readFileSync(join(root, 'ml-connector.config.json'), 'utf8'))
  return parseConfig({ ...example, ...changes })
}

/** Changes that put an Odoo, whose automations can call us, beside the example's two connections. */
export function withOdoo(odoo: Record<string, unknown> = {}) {
  const { connections, integrations } = exampleConfig()
  const settings = { baseUrl: 'https://juniper-slate.odoo.com', database: 'juniper-slate' }
  return {
    connections: { ...connections, odoo: { system: 'odoo', settings, ...odoo } },
    integrations: {
      ...integrations,
      'odoo-sps-commerce': { connections: { odoo: 'odoo', 'sps-commerce': 'sps' } },
    },
  }
}

export function deployment(changes: Record<string, unknown> = {}): Deployment {
  const outdir = mkdtempSync(join(tmpdir(), 'ml-connector-synth-'))
  try {
    const app = createApp({ outdir, context: { 'aws:cdk:bundling-stacks': [] } })
    const stack = new ConnectorStack(app, exampleConfig(changes))
    // Fails where a policy pack has a finding that nobody acknowledged.
    const template = Template.fromStack(stack)
    const all = Object.entries(template.toJSON().Resources as Record<string, Resource>)
    const resources = (type: string) => all.filter(([, r]) => r.Type === type)
    const one = (type: string, prefix: string) => {
      const found = resources(type).filter(([id]) => id.startsWith(prefix))
      if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of ${type} ${prefix}`)
      return found[0]
    }
    const statements = (prefix: string) => {
      const [, role] = one('AWS::IAM::Role', `${prefix}Role`)
      const policies = role.Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[]
      return policies.flatMap((p) => p.PolicyDocument.Statement)
    }
    return { app, stack, template, resources, one, statements }
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}

/** Every text in a value, references included ("Ref ConnectionspsPushQueue…"). */
export const textOf = (value: unknown): string => JSON.stringify(value)

export const list = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value])
