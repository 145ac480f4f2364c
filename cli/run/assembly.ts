import { type ExecFileException, execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')
/** Everything a synthesised app is made of. */
const sources = ['infra', 'functions', 'lib', 'cdk.json', 'package.json', 'package-lock.json']
/** Assemblies kept; a whole one is under a megabyte. */
const kept = 6

/**
 * The cloud assembly of the CDK app with a configuration: synthesised as a deployment would be, or the one made
 * before from the same sources and the same configuration.
 * @param configFile absolute path of a valid configuration
 * @param started called where it has to be synthesised, which takes some seconds
 * @returns its directory
 */
export async function assemblyOf(configFile: string, signal: AbortSignal, started: () => void): Promise<string> {
  const shelf = resolve('.ml-connector/assemblies')
  const directory = join(shelf, keyOf(readFileSync(configFile)))
  if (existsSync(directory)) {
    const now = new Date()
    utimesSync(directory, now, now)
    return directory
  }
  started()
  mkdirSync(shelf, { recursive: true })
  const unfinished = `${directory}.${process.pid}`
  try {
    await promisify(execFile)(process.execPath, ['infra/app.ts'], {
      cwd: root,
      signal,
      env: { ...process.env, ML_CONNECTOR_CONFIG: configFile, CDK_OUTDIR: unfinished },
      maxBuffer: 64 * 1024 * 1024,
    })
    // Somebody else may have been quicker; both made the same.
    if (!existsSync(directory)) renameSync(unfinished, directory)
  } catch (error) {
    const { name, stderr = '' } = error as ExecFileException
    if (name === 'AbortError') throw error
    throw new Error(`the CDK app could not be synthesised:\n${stderr.trim().split('\n').slice(-25).join('\n')}`)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  discardOldest(shelf)
  return directory
}

/** A copy of an assembly in a run's state directory, its templates changed. @returns the copy's directory */
export function changedAssembly(assembly: string, stateDir: string, change: (template: string) => string): string {
  const copy = join(stateDir, 'assembly')
  rmSync(copy, { recursive: true, force: true })
  cpSync(assembly, copy, { recursive: true })
  for (const file of readdirSync(copy).filter((name) => name.endsWith('.template.json')))
    writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')))
  return copy
}

/** Of what is in the sources and the configuration, not of when files were touched. */
function keyOf(config: Buffer): string {
  const hash = createHash('sha256').update(config)
  for (const file of sources.flatMap((source) => filesBelow(join(root, source))))
    hash.update(`\n${relative(root, file)}\n`).update(readFileSync(file))
  return hash.digest('hex').slice(0, 20)
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

/** Assemblies nobody used for long, and what a killed run left half made. */
function discardOldest(shelf: string): void {
  const names = readdirSync(shelf)
  const whole = names
    .filter((name) => !name.includes('.'))
    .map((name) => ({ name, used: statSync(join(shelf, name)).mtimeMs }))
    .sort((a, b) => b.used - a.used)
  const abandoned = names.filter((name) => name.includes('.') && !isRunning(Number(name.split('.')[1])))
  for (const name of [...whole.slice(kept).map((w) => w.name), ...abandoned])
    rmSync(join(shelf, name), { recursive: true, force: true })
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
