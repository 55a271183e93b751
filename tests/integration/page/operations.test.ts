import type { Page } from 'playwright-core'
import t from 'tap'
import { standinFor } from '../../serve/helper.js'
import {
  accessibilityFaults,
  answered,
  becomes,
  browserFor,
  goTo,
  isSet,
  openPage,
  says,
  screenshot,
  skip,
  sticksOut,
  tryIt,
} from './browser.js'

const answerOf = (page: Page) => page.locator('.answer')
const send = (page: Page) => page.getByRole('button', { name: 'Send' }).click()
const choose = (page: Page, name: RegExp | string) => page.getByRole('button', { name }).click()

// A browser takes its time on a busy machine.
t.setTimeout(300_000)

void t.test('finds Reset Pin, reads where it is documented, and tries it', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, faults } = await openPage(await browserFor(t), standin)
  await page.getByText('6 operations on 3 pages').waitFor()
  await page.getByRole('searchbox', { name: 'Filter operations' }).fill('reset pin')
  await page.getByText('1 of 6 operations').waitFor()
  await page.getByRole('link', { name: /resetPin/ }).click()
  await page.getByRole('heading', { name: /resetPin/ }).waitFor()
  // A link that can be passed on.
  await page.waitForURL(/#\/operations\/resetPin$/)
  await says(t, page.locator('.sources'), /Documented at .*reset-pin-api\.md:7/)
  const docs = page.getByRole('region', { name: 'What the docs say' })
  await says(t, docs, /X-API-TOKENrequired[^]*reset-pin-api\.md:\d+[^]*401/)

  await tryIt(page, '200')
  await says(
    t,
    answerOf(page),
    /standin-exampleExample 200\/response: as the docs print it\..*reset-pin-api\.md:40/,
  )
  await says(t, answerOf(page), /"msg": "Pin has been reset successfully"/)
  await screenshot(page, 'operation')

  await answerOf(page).getByRole('link', { name: 'The journal' }).click()
  await page.getByRole('link', { name: /POST \/onboarding\/user\/resetPin\/v1/ }).click()
  const steps = page.getByRole('region', { name: 'Step by step' })
  await says(t, steps, /match[^]*resetPin[^]*check[^]*accepted[^]*choose[^]*200\/response[^]*send/)
  await says(t, page.getByRole('region', { name: 'What it changed' }), /accounts\/100/)
  t.notMatch(await page.locator('main').textContent(), /2222/, 'no PIN is shown')
  await screenshot(page, 'journal')
  t.strictSame(faults, [])
})

void t.test('sets the next reply by one click', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, faults } = await openPage(await browserFor(t), standin, {
    at: '/operations/resetPin',
    expected: [401],
  })
  await choose(page, /^401/)
  await isSet(page, '401, once')
  await tryIt(page, '401')
  await says(t, page.locator('.answer'), /somebody set this reply from outside/i)
  await page.getByText(/nothing is set/).waitFor()
  await goTo(page, 'Journal')
  await page.getByRole('button', { name: 'Steered' }).click()
  await page.getByRole('link', { name: /401.*resetPin/ }).click()
  await says(t, page.getByRole('region', { name: 'Step by step' }), /steer.*Has somebody set the reply\?o1/)

  await page.goBack()
  await goTo(page, 'Operations')
  await page.getByRole('link', { name: /resetPin/ }).click()
  await tryIt(page, '200')

  await page.getByLabel('until I stop it').check()
  await choose(page, /^401/)
  for (let time = 1; time <= 2; time++) {
    await send(page)
    await page.getByText(`used ${time} time`).waitFor()
    await answered(page, '401')
  }
  await choose(page, /^Stop 401/)
  await page.getByText(/nothing is set/).waitFor()
  await tryIt(page, '200')
  t.strictSame(faults, [])
})

void t.test('delays a reply and lets the connection break', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, faults } = await openPage(await browserFor(t), standin, { at: '/operations/resetPin' })
  await page.getByLabel('After').fill('400')
  await choose(page, 'as it would be, only later')
  await isSet(page, 'after 400 ms, once')
  await tryIt(page, '200')
  await goTo(page, 'Journal')
  await page.getByRole('link', { name: /resetPin/ }).click()
  await page.getByText(/delayed by 400 ms/).waitFor()

  await goTo(page, 'Operations')
  await page.getByRole('link', { name: /resetPin/ }).click()
  await page.getByLabel('until I stop it').check()
  // A browser repeats a request by itself where a connection breaks that it had kept.
  await choose(page, 'Connection reset')
  await isSet(page, 'connection reset, until stopped')
  await tryIt(page, 'no reply')
  await says(t, page.locator('.answer'), /No answer came/)
  await choose(page, /^Stop connection reset/)
  await page.getByText(/nothing is set/).waitFor()
  await page.getByLabel('the next call only').check()
  await choose(page, 'Malformed JSON')
  await isSet(page, 'malformed json, once')
  await tryIt(page, '200')
  await choose(page, 'Timeout')
  await isSet(page, 'timeout, once')
  await send(page)
  await choose(page, 'Stop waiting')
  await page.getByText('You stopped waiting').waitFor()
  t.strictSame(
    faults.filter((fault) => !/ERR_CONNECTION_RESET/.test(fault)),
    [],
  )
})

void t.test('sets a reply for only some calls', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, url, faults } = await openPage(await browserFor(t), standin, {
    at: '/operations/login',
    viewport: { width: 320, height: 740 },
  })
  const add = page.getByRole('button', { name: 'Add a condition' })
  await add.press('Enter')
  await page.getByLabel('Name of condition 1').fill('User-Agent')
  await page.getByLabel('How condition 1 compares').selectOption('contains')
  await page.getByLabel('Value of condition 1').fill('robot')
  await add.press('Enter')
  await page.getByLabel('Where condition 2 looks').selectOption('body')
  await page.getByLabel('JSON pointer of condition 2').fill('/signInMode')
  await page.getByLabel('Value of condition 2').fill('1')
  await add.press('Enter')
  await page.getByRole('button', { name: 'Remove condition 3' }).press('Enter')
  await becomes(t, () => page.evaluate('document.activeElement.textContent'), 'Add a condition')
  t.strictSame(await accessibilityFaults(page), [])
  t.notOk(await sticksOut(page), 'fits the smallest phone')
  await page.getByLabel('until I stop it').check()
  await choose(page, /^401/)
  await isSet(page, '401, for requests that match a condition, until stopped')
  await screenshot(page, 'conditions')
  const send = async (agent: string, signInMode: number): Promise<unknown> => {
    const reply = await fetch(new URL('/onboarding/user/login/v1', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': agent },
      body: JSON.stringify({ signInMode }),
    })
    return reply.headers.get('standin-note')?.includes('override') ?? false
  }
  t.equal(await send('a robot', 1), true)
  t.equal(await send('a person', 1), false)
  t.equal(await send('a robot', 2), false)
  t.strictSame(faults, [])
})

void t.test('says what is wrong with a condition', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, faults } = await openPage(await browserFor(t), standin, {
    at: '/operations/login',
    expected: [400],
  })
  await page.getByRole('button', { name: 'Add a condition' }).click()
  await page.getByLabel('Name of condition 1').fill('X-A')
  await page.getByLabel('How condition 1 compares').selectOption('matches')
  await page.getByLabel('Value of condition 1').fill('(')
  await choose(page, /^401/)
  await page
    .getByText(/Unterminated group/)
    .first()
    .waitFor()
  t.strictSame(faults, [])
})
