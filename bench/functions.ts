import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { assemblyOf } from '../cli/run/assembly.ts'
import { bundlesOf } from '../infra/bundles.ts'
import { readOutputs } from '../infra/outputs.ts'
import { deploy } from '../sandbox/aws/template/deploy.ts'
import { readSynthesised } from '../sandbox/aws/template/read.ts'
import { budgetOf, type Figure, median } from './figures.ts'

/** Fresh processes a load time is the median of. */
const runs = 9

/** Size and load time of every function of the example configuration, bundled as for a deployment. */
export async function functionFigures(): Promise<Figure[]> {
  const config = join(import.meta.dirname, '..', 'ml-connector.config.json')
  return measure(await assemblyOf(config, new AbortController().signal, () => undefined))
}

function measure(directory: string): Figure[] {
  const synthesised = readSynthesised(directory)
  const at = { stack: synthesised.stack, region: 'us-east-1', account: '111122223333', url: 'http://127.0.0.1' }
  const { functions, outputs } = deploy(synthesised, at)
  const { shared, connections } = readOutputs(outputs)
  const sizes = new Map(bundlesOf(directory).map((bundle) => [dirname(bundle.file), bundle]))
  const baseline = loadMs('data:text/javascript,', {})
  const figuresOf = (name: string, reference: string | undefined): Figure[] => {
    const definition = functions.find((f) => f.name === reference)
    const bundle = definition && sizes.get(definition.code)
    if (!bundle) return []
    const { kilobytes, load } = budgetOf(name)
    const ms = loadMs(bundle.file, { AWS_REGION: at.region, ...definition.environment }) - baseline
    return [
      { name: `${name}: bundle`, value: `${(bundle.bytes / 1024).toFixed(0)} KB`, budget: kilobytes },
      { name: `${name}: module load`, value: `${ms.toFixed(0)} ms`, budget: load },
    ]
  }
  return [
    ...connections.flatMap(({ name, system, poller, pusher, webhook }) => [
      ...figuresOf(`poll/${name}`, poller),
      ...figuresOf(`push/${name}`, pusher),
      ...figuresOf(`webhook-${system}`, webhook?.function),
    ]),
    ...figuresOf('map', shared.MapperFunction),
    ...figuresOf('keep', shared.KeeperFunction),
  ]
}

/** Imports a module in a fresh process, so many times; the median in milliseconds. */
function loadMs(file: string, environment: Record<string, string>): number {
  const script = `const t=performance.now();await import(${JSON.stringify(file)});process.stdout.write(String(performance.now()-t));process.exit()`
  const times = Array.from({ length: runs }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: environment, encoding: 'utf8' }),
    ),
  )
  return median(times)
}
