import { existsSync, mkdirSync } from 'node:fs'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout } from 'node:timers/promises'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import type { Test } from 'tap'
import type { Standin } from '../../../src/standin.js'
import type { Scope } from '../../serve/helper.js'

const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const missing = `The page is tried in Chromium, and there is none at ${path}. Install it (Debian: apt-get install chromium), or name one with CHROMIUM_PATH.`
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** For the options of a test: skipped where there is no browser, but never in CI. */
export const skip = !existsSync(path) && process.env['CI'] !== 'true' ? missing : false

export async function browserFor(t: Scope): Promise<Browser> {
  if (!existsSync(path)) throw new Error(missing)
  const browser = await chromium.launch({ executablePath: path, headless: true, args })
  t.teardown(() => browser.close())
  return browser
}

export interface Opened {
  readonly page: Page
  /** The page's address, without a hash. */
  readonly url: string
  /** What must never happen: a request that leaves the origin, a message on the console, an error. */
  readonly faults: string[]
}

export interface OpenOptions extends BrowserContextOptions {
  /** Where on the page, such as `/operations/resetPin`. */
  readonly at?: string
  /** Statuses that are a part of what is tried, which the console of the browser tells as well. */
  readonly expected?: readonly number[]
}

/** The page of a stand-in in a new window, watched. */
export async function openPage(
  browser: Browser,
  standin: Standin,
  options: OpenOptions = {},
): Promise<Opened> {
  const { at = '', expected = [], ...context } = options
  const origin = await listening(standin)
  const url = `${origin}/_standin/`
  const page = await (
    await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context })
  ).newPage()
  const faults: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) faults.push(`outside: ${request.url()}`)
  })
  page.on('response', (reply) => {
    if (reply.status() >= 400 && !expected.includes(reply.status()))
      faults.push(`${reply.status()}: ${reply.url()}`)
  })
  page.on('console', (message) => {
    const isExpected = expected.some((status) => message.text().includes(`status of ${status}`))
    if (message.type() === 'error' && !isExpected) faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  await page.goto(`${url}${at === '' ? '' : `#${at}`}`)
  await page.getByRole('navigation', { name: 'Parts of the page' }).waitFor()
  return { page, url, faults }
}

/** Where the page is: where the control API is, once the stand-in listens. */
async function listening(standin: Standin): Promise<string> {
  const already = standin.control?.url
  if (already !== undefined) return already
  const api = await standin.listen()
  return standin.control?.url ?? api
}

/** Goes to a part of the page by its link. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Parts of the page' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click()
}

/** Waits until a reply is set, as the page words it: `401, once`. */
export const isSet = (page: Page, words: string): Promise<void> =>
  page.locator('.active b').getByText(words, { exact: true }).waitFor()

/** Sends the request of the form, and waits for an answer of this status, or for none: `no reply`. */
export async function tryIt(page: Page, status: string): Promise<void> {
  await page.getByRole('button', { name: 'Send' }).click()
  await answered(page, status)
}

export const answered = (page: Page, status: string): Promise<void> =>
  page.locator('.answer h3').getByText(status, { exact: true }).waitFor()

/** How long something may take to be seen, on a machine that is busy. */
const PATIENCE = 60_000

/**
 * What is read once it is as wanted, or at last where it never is, so that an assertion shows the difference.
 * What follows a click is not there at once.
 */
export async function eventually<Value>(
  read: () => Value | Promise<Value>,
  isWanted: (value: Value) => boolean,
): Promise<Value> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const value = await read()
    if (isWanted(value) || Date.now() > end) return value
    await setTimeout(50)
  }
}

/** Asserts that something comes to be a value. */
export async function becomes<Value>(
  t: Pick<Test, 'equal' | 'match'>,
  read: () => Value | Promise<Value>,
  wanted: Value,
  message = String(wanted),
): Promise<void> {
  t.equal(await eventually(read, (value) => value === wanted), wanted, message)
}

/** Asserts that a part of the page comes to say something. */
export async function says(
  t: Pick<Test, 'equal' | 'match'>,
  part: Locator,
  pattern: RegExp,
  message = String(pattern),
): Promise<void> {
  const text = await eventually(
    () => part.textContent(),
    (found) => pattern.test(found ?? ''),
  )
  t.match(text, pattern, message)
}

const FOLDER = '.build/screenshots'

/** Kept as an artefact of the run. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  await page.screenshot({ path: `${FOLDER}/${name}.png` })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeFinding {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** What axe finds on the page as it is, told as lines. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Not as a script of the page, which its policy forbids.
  await page.evaluate(axe)
  const found: readonly AxeFinding[] = await page.evaluate('axe.run().then(({ violations }) => violations)')
  return found.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id} (${impact ?? ''}): ${html} ${failureSummary}`),
  )
}

/** Whether something sticks out to the side, which on a phone has to be scrolled to. */
export const sticksOut = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
