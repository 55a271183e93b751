import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import t from 'tap'
import { startStandin, type TestSession, type TestStandin, useSession } from '../../src/testing/index.js'
import { bare } from '../bare.js'
import { accessibilityFaults } from './page/browser.js'
import { chromiumArgs, chromiumPath, missingChromium, skipWithoutChromium } from './chromium.js'

interface Scope {
  readonly name: string
  teardown(cleanUp: () => unknown): void
}

/** The page on an origin of its own, with the API where it is told. Resolves with its URL. */
async function servePage(t: Scope, apiUrl: string): Promise<string> {
  const child = spawn(...bare(process.execPath, ['examples/forgot-pin/serve.mjs']), {
    env: { ...process.env, PORT: '0', API_URL: apiUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => child.kill())
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The page is not served: exit code ${String(code)}`)
  })
  const [line]: unknown[] = await Promise.race([once(child.stdout, 'data'), ended])
  ended.catch(() => {})
  return String(line).trim()
}

interface Visit {
  readonly page: Page
  readonly session: TestSession
}

t.setTimeout(300_000)
const skip = skipWithoutChromium()
void t.test('a forgotten PIN, as the person who forgot it sees it', { skip }, async (t) => {
  if (!existsSync(chromiumPath)) throw new Error(missingChromium)
  const standin = await startStandin()
  t.teardown(() => standin.close())
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
  t.teardown(() => browser.close())

  await t.test('nothing stands in anybody’s way, in either theme', async (t) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await visit(t, browser, standin)
      await page.emulateMedia({ colorScheme })
      const fits = async (stage: string) =>
        t.strictSame(await accessibilityFaults(page), [], `${colorScheme}: ${stage}`)
      await page.getByLabel('Account number').waitFor()
      await fits('the account')
      await chooseAccount(page)
      await page.getByLabel('New PIN', { exact: true }).waitFor()
      await fits('the PIN')
      await choosePin(page, '2222', '2223')
      await page.locator('[aria-invalid=true]').first().waitFor()
      await fits('a PIN that is not right')
      await choosePin(page, '2468')
      await page.getByText('Your PIN has been reset.').waitFor()
      await fits('signing in')
      await signIn(page, '1111')
      await problem(page)
      await fits('a wrong PIN')
      await signIn(page, '2468')
      await page.getByText('You are signed in.').waitFor()
      await fits('the end')
    }
  })

  await t.test('resets the PIN and signs in', async (t) => {
    const { page, session } = await visit(t, browser, standin)
    const origins = new Set<string | undefined>()
    page.on('response', (reply) => {
      if (reply.url().startsWith(standin.url)) origins.add(reply.headers()['access-control-allow-origin'])
    })
    await chooseAccount(page)
    await choosePin(page, '2468')
    await page.getByText('Your PIN has been reset.').waitFor()
    t.equal(await focused(page), 'Sign in', 'the focus is where the person goes on')
    await signIn(page, '2468')
    await page.getByText('You are signed in.').waitFor()
    await session.verify({ operationId: 'login', status: 200 }, 1)
    t.strictSame(
      [...origins],
      [new URL(page.url()).origin],
      'the API has another origin, and lets this one in',
    )
  })

  await t.test('a wrong PIN is no reason to start again', async (t) => {
    const { page } = await visit(t, browser, standin)
    await chooseAccount(page)
    await choosePin(page, '2468')
    await signIn(page, '1357')
    t.match(await problem(page), /That PIN is not right/)
    await signIn(page, '2468')
    await page.getByText('You are signed in.').waitFor()
  })

  await t.test('401: tells that nothing was changed, and starts again', async (t) => {
    const { page, session } = await visit(t, browser, standin)
    const before = await session.state.read()
    await session.override('resetPin', { status: 401, times: 1 })
    await chooseAccount(page)
    await choosePin(page)
    t.match(await problem(page), /request has expired, and your PIN was not changed/)
    t.strictSame(await session.state.read(), before)
    t.notOk(
      await page.getByRole('button', { name: 'Try again' }).isVisible(),
      'the same again would not help',
    )
    await page.getByRole('button', { name: 'Start again' }).click()
    await chooseAccount(page)
    await choosePin(page)
    await page.getByText('Your PIN has been reset.').waitFor()
  })

  await t.test('a slow reply: shows that it waits, and can be cancelled', async (t) => {
    const { page, session } = await visit(t, browser, standin)
    await session.override('resetPin', { delay: 600_000 })
    await page.clock.install()
    await chooseAccount(page)
    await choosePin(page)
    const status = page.getByRole('status')
    await status.getByText('Resetting your PIN').waitFor()
    t.ok(await page.getByRole('button', { name: 'Reset PIN' }).isDisabled(), 'cannot be sent twice')
    await session.waitFor('resetPin')
    await page.clock.fastForward(3000)
    await status.getByText('Still waiting').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    t.match(await problem(page), /cannot tell whether your PIN was changed/)
    await session.clearOverrides()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Your PIN has been reset.').waitFor()
  })

  await t.test('a late reply is a reply; none at all is given up on', async (t) => {
    const { page, session } = await visit(t, browser, standin)
    await session.override('getToken', { delay: 300 })
    await session.override('getTokenByPost', { delay: 300 })
    await chooseAccount(page)
    await page.getByLabel('New PIN', { exact: true }).waitFor()
    await session.override('resetPin', { fault: 'timeout' })
    await page.clock.install()
    await choosePin(page)
    await session.waitFor('resetPin')
    await page.clock.fastForward(30_000)
    t.match(await problem(page), /The service does not answer/)
  })

  await t.test('the connection is reset: says what nobody can know, and tries again', async (t) => {
    const { page, session } = await visit(t, browser, standin)
    await session.override('resetPin', { fault: 'connection-reset' })
    await chooseAccount(page)
    await choosePin(page, '4321')
    t.match(await problem(page), /The connection was lost.+cannot tell whether your PIN was changed/s)
    await session.clearOverrides()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Your PIN has been reset.').waitFor()
    await signIn(page, '4321')
    await page.getByText('You are signed in.').waitFor()
  })

  await t.test('what cannot be read, and what fails', async (t) => {
    const { page, session } = await visit(t, browser, standin)
    await session.override('resetPin', { sequence: [{ fault: 'malformed-json' }, { status: 503 }] })
    await chooseAccount(page)
    await choosePin(page)
    t.match(await problem(page), /Something unexpected came back/)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('The service has a problem').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Your PIN has been reset.').waitFor()
  })

  await t.test('what is wrong is said at its field, and is not sent', async (t) => {
    const { page, session } = await visit(t, browser, standin)
    await chooseAccount(page, 'abc')
    t.equal(await described(page, 'Account number'), 'Enter your account number: 1 to 19 digits.')
    t.strictSame(await session.journal({ operationId: 'getTokenByPost' }), [])
    await chooseAccount(page, '9223372036854775807')
    await choosePin(page, '12')
    t.equal(await described(page, 'New PIN'), 'A PIN has exactly 4 digits.')
    await choosePin(page, '1234', '1243')
    t.equal(await described(page, 'New PIN, once more'), 'The two PINs are not the same.')
    await session.verify('resetPin', 0)
    const [call] = await session.waitFor('getTokenByPost')
    t.match(call.request.body, '9223372036854775807', 'all digits of the account arrive')
  })

  await t.test('what the API refuses is shown as text, with its reason', async (t) => {
    const { page, session } = await visit(t, browser, standin)
    const detail = 'Not <b>these</b> four digits'
    await session.override('resetPin', { status: 422, body: { detail } })
    await chooseAccount(page)
    await choosePin(page)
    t.match(await problem(page), detail)
  })

  await t.test('can be used on a phone, by keyboard alone', async (t) => {
    const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }
    const { page } = await visit(t, browser, standin, phone)
    const overflows = () => page.evaluate('document.documentElement.scrollWidth > innerWidth')
    t.notOk(await overflows())
    await page.getByLabel('Account number').focus()
    await page.keyboard.type('100')
    await page.keyboard.press('Enter')
    await page.getByLabel('New PIN', { exact: true }).waitFor()
    await page.getByLabel('New PIN', { exact: true }).focus()
    await page.keyboard.type('2222')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2222')
    await page.keyboard.press('Enter')
    await page.getByText('Your PIN has been reset.').waitFor()
    t.notOk(await overflows())
  })

  await t.test('a browser context is put into a session, the page as it is', async (t) => {
    const session = await standin.session({ title: t.name })
    t.teardown(() => session.close())
    const context = await browser.newContext()
    t.teardown(() => context.close())
    await useSession(context, session)
    const page = await context.newPage()
    await page.goto(await servePage(t, standin.url))
    await chooseAccount(page)
    await page.getByLabel('New PIN', { exact: true }).waitFor()
    await session.verify('getTokenByPost', 1)
    t.strictSame(await standin.default.journal({ operationId: 'getTokenByPost' }), [])
  })
})

/** The page, opened in a session of its own that the page names in its requests' paths. */
async function visit(
  t: Scope,
  browser: Browser,
  standin: TestStandin,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Visit> {
  const session = await standin.session({ title: t.name })
  t.teardown(() => session.close())
  const url = await servePage(t, session.baseUrl)
  const context = await browser.newContext(options)
  t.teardown(() => context.close())
  const page = await context.newPage()
  await page.goto(url)
  return { page, session }
}

async function chooseAccount(page: Page, account = '100'): Promise<void> {
  await page.getByLabel('Account number').fill(account)
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function choosePin(page: Page, pin = '2222', again = pin): Promise<void> {
  await page.getByLabel('New PIN', { exact: true }).fill(pin)
  await page.getByLabel('New PIN, once more').fill(again)
  await page.getByRole('button', { name: 'Reset PIN' }).click()
}

async function signIn(page: Page, pin: string): Promise<void> {
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function problem(page: Page): Promise<string> {
  const alert = page.getByRole('alert')
  await alert.waitFor()
  return alert.innerText()
}

const focused = (page: Page): Promise<unknown> => page.evaluate('document.activeElement.textContent')

/** What a screen reader says of a field that is not right. */
async function described(page: Page, label: string): Promise<string | null> {
  const field = page.getByLabel(label, { exact: true })
  if ((await field.getAttribute('aria-invalid')) !== 'true') return 'not marked'
  const [id] = ((await field.getAttribute('aria-describedby')) ?? '').split(' ').toReversed()
  return page.locator(`#${id}`).textContent()
}
