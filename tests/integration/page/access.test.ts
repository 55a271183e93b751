import type { Page } from 'playwright-core'
import t from 'tap'
import { VIEWS } from '../../../src/ui/model/route.js'
import type { Standin } from '../../../src/standin.js'
import { documentedRequest, standinFor } from '../../serve/helper.js'
import {
  accessibilityFaults,
  answered,
  browserFor,
  goTo,
  isSet,
  openPage,
  screenshot,
  skip,
  sticksOut,
} from './browser.js'

/** With something of everything: calls good and bad, an override, a snapshot, a session. */
async function usedStandin(t: Parameters<typeof standinFor>[0]): Promise<Standin> {
  const standin = await standinFor(t)
  await standin.inject(documentedRequest('resetPin'))
  await standin.inject(documentedRequest('resetPin', {}, '{"pin": 1}'))
  await standin.inject({ method: 'POST', url: `/${'a-long-path-without-a-break'.repeat(8)}` })
  const control = { headers: { 'content-type': 'application/json', host: 'localhost' } }
  await standin.inject({
    ...control,
    method: 'POST',
    url: '/_standin/v1/overrides',
    payload: '{"operationId": "resetPin", "status": 401}',
  })
  await standin.inject({ ...control, method: 'PUT', url: '/_standin/v1/snapshots/one' })
  await standin.inject({
    ...control,
    method: 'POST',
    url: '/_standin/v1/sessions',
    payload: '{"name": "bob"}',
  })
  return standin
}

const PLACES = [...VIEWS.map((view) => `/${view}`), '/operations/resetPin', '/journal/1', '/journal/3']

async function show(page: Page, url: string, place: string): Promise<void> {
  await page.goto(`${url}#${place}`)
  await page.locator('main h1:visible').first().waitFor()
  await page.locator('main .loading').first().waitFor({ state: 'detached' })
}

// A browser takes its time on a busy machine.
t.setTimeout(300_000)

void t.test('nothing stands in anybody’s way, in either theme, and on a phone', { skip }, async (t) => {
  const standin = await usedStandin(t)
  const browser = await browserFor(t)
  const phone = { width: 360, height: 740 }
  for (const [theme, viewport] of [
    ['light', { width: 1280, height: 900 }],
    ['dark', { width: 1280, height: 900 }],
    ['light', phone],
  ] as const) {
    const name = `${theme}-${viewport.width}`
    const { page, url, faults } = await openPage(browser, standin, { colorScheme: theme, viewport })
    for (const place of PLACES) {
      await show(page, url, place)
      t.strictSame(await accessibilityFaults(page), [], `${name} ${place}`)
      t.notOk(await sticksOut(page), `${name} ${place}: fits`)
      await screenshot(page, `${name}${place.replaceAll('/', '-')}`)
    }
    const dark = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
    t.equal(dark === 'rgb(20, 24, 26)', theme === 'dark', `${name}: ${String(dark)}`)
    t.strictSame(faults, [], name)
    await page.context().close()
  }
})

void t.test('on a phone one thing after the other', { skip }, async (t) => {
  const standin = await usedStandin(t)
  const viewport = { width: 360, height: 740 }
  const { page, faults } = await openPage(await browserFor(t), standin, {
    viewport,
    hasTouch: true,
    expected: [401],
  })
  await page.getByRole('link', { name: /resetPin/ }).tap()
  await page.getByRole('heading', { name: /resetPin/ }).waitFor()
  await page.getByRole('searchbox').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Send' }).tap()
  await answered(page, '401')
  await page.getByRole('link', { name: 'All operations' }).tap()
  await page.getByRole('searchbox').waitFor()
  t.strictSame(faults, [])
})

void t.test('with the keyboard alone', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, faults } = await openPage(await browserFor(t), standin, { expected: [401] })
  await page.getByText('6 operations on 3 pages').waitFor()
  const press = (key: string) => page.keyboard.press(key)
  const focused = (): Promise<string> =>
    page.evaluate(
      '(document.activeElement?.textContent || document.activeElement?.getAttribute("aria-label")) ?? ""',
    )
  /** Tab until the focus is on what is looked for; more than that many times is a trap. */
  const tabTo = async (what: RegExp): Promise<void> => {
    for (let times = 0; times < 60; times++) {
      await press('Tab')
      if (what.test(await focused())) return
    }
    throw new Error(`No way to ${String(what)} with the keyboard`)
  }
  await press('Tab')
  t.match(await focused(), /Skip to the content/)
  await press('Enter')
  await tabTo(/^Filter operations$/)
  await page.keyboard.type('reset')
  await tabTo(/resetPin/)
  await press('Enter')
  await page.getByRole('heading', { name: /resetPin/ }).waitFor()
  t.match(await focused(), /resetPin/, 'the focus goes to what is new')
  await tabTo(/^401/)
  await press('Space')
  await isSet(page, '401, once')
  await tabTo(/^Send$/)
  await press('Enter')
  await answered(page, '401')
  await tabTo(/^The journal$/)
  await press('Enter')
  await page.getByRole('heading', { name: 'Journal' }).waitFor()
  await tabTo(/401.*resetPin/)
  await press('Enter')
  await page.getByRole('heading', { name: 'Step by step' }).waitFor()
  await press('Shift+Tab')
  await goTo(page, 'State')
  await page.getByText('1 document', { exact: true }).waitFor()
  await tabTo(/^100/)
  await press('Enter')
  await tabTo(/change accounts\/100\/salt/)
  await press('Enter')
  await page.keyboard.type('"changed"')
  await press('Enter')
  await page.getByText('accounts/100 is saved').waitFor()
  t.strictSame(faults, [])
})
