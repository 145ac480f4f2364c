import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { readConfig } from '../lib/config/file.ts'
import { ConfigurationError } from '../lib/core/failures.ts'
import { ConnectorStack } from './stack.ts'

const root = join(import.meta.dirname, '..')

export interface ConnectorAppProps {
  /**
   * Where the cloud assembly is written.
   * @default - where the CDK command says, or cdk.out
   */
  readonly outdir?: string
  /**
   * Added to the context of cdk.json.
   * @default - none
   */
  readonly context?: Readonly<Record<string, unknown>>
}

/**
 * The CDK app with both rule packs of cdk-nag: a finding that nobody acknowledged with a reason fails the synth.
 * The context of cdk.json applies however the app is started: by the CDK command, by node, by a test.
 */
export function createApp(props: ConnectorAppProps = {}): App {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> }
  const app = new App({
    outdir: props.outdir ?? process.env.CDK_OUTDIR ?? join(root, 'cdk.out'),
    context: { ...context, ...props.context },
  })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
  return app
}

/** Every problem of the configuration at once, each with its path, and no stack trace. */
function report(error: ConfigurationError, path: string): void {
  process.stderr.write(`${path} is not valid:\n`)
  for (const problem of error.problems) process.stderr.write(`  ${problem.path ?? '(file)'}: ${problem.message}\n`)
  process.exitCode = 1
}

if (import.meta.main) {
  const app = createApp()
  const path: string = app.node.tryGetContext('config') ?? process.env.ML_CONNECTOR_CONFIG ?? 'ml-connector.config.json'
  try {
    new ConnectorStack(app, readConfig(path))
    app.synth()
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    report(error, path)
  }
}
