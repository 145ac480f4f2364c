import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { openConsole } from '../../cli/commands/console.ts'
import { partsOf } from '../../cli/deployment/parts.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { type Sample, startSample } from '../e2e/support.ts'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.CHROMIUM ?? usual.find(existsSync)

let sample: Sample
let browser: Browser
let page: Page
let url = ''
const stop = new AbortController()
let ended: Promise<unknown>
const errors: string[] = []
const elsewhere: string[] = []

beforeAll(async () => {
  if (executablePath === undefined) throw new Error('there is no Chromium here; name one in CHROMIUM')
  sample = await startSample()
  await sample.rounds()
  const { work } = sample
  const deployment = {
    ...partsOf(work.outputs, work.aws),
    title: 'the sample',
    local: true,
    configFile: `${work.stateDir}/config.json`,
    arguments: [],
    settle: async () => {
      await work.embedded.idle({ timeoutMs: 60_000 })
      return true
    },
    close: async () => undefined,
  }
  const terminal = collectingTerminal()
  ended = openConsole(deployment, { json: true }, terminal, { signal: stop.signal, done: () => undefined })
  while (url === '') {
    await new Promise((next) => setTimeout(next, 20))
    if (terminal.printed() !== '') url = JSON.parse(terminal.printed()).url
  }
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) elsewhere.push(request.url())
  })
})

afterAll(async () => {
  stop.abort()
  await ended
  await browser?.close()
  await sample?.close()
})

const main = () => page.locator('main')

test('a morning: find why an order is held, add the missing rows, retry, see it delivered', async () => {
  await page.goto(url)
  await main()
    .getByRole('link', { name: /documents wait for a person/ })
    .click()

  // Why is TWO-10001 held?
  await page.keyboard.press('/')
  await page.keyboard.type('TWO-10001')
  await page.keyboard.press('Enter')
  await main().getByRole('heading', { level: 1, name: 'TWO-10001' }).waitFor()
  await main().getByText('Trading partner 3F1TWOUTLET is not in the partners table').first().waitFor()

  // Add the partner from there: what the order tells is filled in.
  await main().getByRole('link', { name: 'Add the row to partners' }).click()
  const cell = (name: string) => main().getByLabel(name, { exact: true })
  expect(await cell('tradingPartner, row 1').inputValue()).toBe('3F1TWOUTLET')
  await cell('customer, row 1').fill('TIDEWATER')
  await main().getByRole('button', { name: 'Store' }).click()
  await main()
    .getByText(/Stored as version/)
    .waitFor()

  // And its ship-to.
  await page.keyboard.press('Escape')
  await main().focus()
  await page.goto(`${url}#/document/TWO-10001`)
  await main().getByRole('link', { name: 'Add the row to locations' }).click()
  await cell('location, row 1').fill('MAIN')
  await main().getByRole('button', { name: 'Store' }).click()
  await main()
    .getByText(/Stored as version/)
    .waitFor()

  // Retry the group, and see what became of it.
  await page.goto(`${url}#/exceptions`)
  const cause = main().getByRole('listitem').filter({ hasText: 'PARTNER_UNKNOWN' })
  await cause.getByRole('button', { name: /^Retry/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click()
  await main().getByText('1 document on the way again.').waitFor()
  await page.goto(`${url}#/document/TWO-10001`)
  await main().locator('article').first().getByText('delivered', { exact: true }).first().waitFor({ timeout: 60_000 })
  await main()
    .getByText(/Written to acumatica/)
    .first()
    .waitFor()
})

test('a table with a wrong cell says what is wrong and stores nothing', async () => {
  await page.goto(`${url}#/tables/acumatica-sps-commerce/units`)
  await main().getByRole('button', { name: 'Add a row' }).click()
  await main().getByLabel('unit, row 1', { exact: true }).fill('CASE')
  await main().getByRole('button', { name: 'Store' }).click()
  await main()
    .getByRole('alert')
    .getByText(/"x12" is empty/)
    .waitFor()
})

test('a replay is looked at before it is done', async () => {
  await page.goto(`${url}#/replay`)
  await main().getByLabel('Flow').selectOption('invoice')
  await main().getByRole('button', { name: 'Preview' }).click()
  await main()
    .getByText(/documents mapped again, nothing written/)
    .waitFor()
})

test('keys lead everywhere', async () => {
  await page.goto(`${url}#/`)
  await main().getByRole('heading', { name: 'Flows' }).waitFor()
  for (const [key, title] of [
    ['e', 'Exceptions'],
    ['t', 'Tables'],
    ['r', 'Replay'],
    ['o', 'the sample'],
  ] as const) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await main().getByRole('heading', { level: 1, name: title }).waitFor()
  }
  await page.keyboard.press('?')
  await page.getByRole('complementary', { name: 'Keys' }).waitFor()
})

test('everything fits a phone: nothing but tables is wider than the screen', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  for (const place of ['', 'exceptions', 'tables', 'replay', 'document/4500187801']) {
    await page.goto(`${url}#/${place}`)
    await main().getByRole('heading', { level: 1 }).waitFor()
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    expect({ place, wide }).toEqual({ place, wide: 360 })
  }
})

test('nothing was asked of anybody else, and nothing failed', () => {
  expect({ elsewhere, errors: errors.filter((text) => !text.includes('422')) }).toEqual({ elsewhere: [], errors: [] })
})
