import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const file = join(import.meta.dirname, 'console.png')

/**
 * The picture of the console in the README, of whatever ran last on this machine: run `npm start`, then
 * `node docs/screenshot.ts`. Needs Chromium (its path in CHROMIUM where it is not a usual one).
 */
async function takePicture(): Promise<void> {
  const executablePath = process.env.CHROMIUM ?? usual.find(existsSync)
  if (executablePath === undefined) throw new Error('there is no Chromium here; name one in CHROMIUM')
  const served = spawn(process.execPath, ['cli/main.ts', 'console', '--json'], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const url = await urlOf(served.stdout)
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    const page = await browser.newPage({ viewport: { width: 1200, height: 1000 }, colorScheme: 'light' })
    await page.goto(url)
    await page.locator('main').getByText('captured').first().waitFor()
    await page.screenshot({ path: file })
    await browser.close()
  } finally {
    served.kill('SIGINT')
  }
}

async function urlOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) return (JSON.parse(line) as { url: string }).url
  throw new Error('the console did not start; is there a run? (npm start)')
}

await takePicture()
