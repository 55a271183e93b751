import type { Page } from 'playwright-core'
import t from 'tap'
import { standinFor } from '../../serve/helper.js'
import { answered, browserFor, goTo, isSet, openPage, screenshot, skip, tryIt } from './browser.js'

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
  t.match(page.url(), /#\/operations\/resetPin$/, 'a link that can be passed on')
  t.match(await page.locator('.sources').textContent(), /Documented at .*reset-pin-api\.md:7/)
  const docs = page.getByRole('region', { name: 'What the docs say' })
  t.match(await docs.textContent(), /X-API-TOKENrequired[^]*reset-pin-api\.md:\d+[^]*401/)

  await tryIt(page, '200')
  const answer = (await page.locator('.answer').textContent()) ?? ''
  t.match(answer, /standin-exampleExample 200\/response: as the docs print it\..*reset-pin-api\.md:40/)
  t.match(answer, /"msg": "Pin has been reset successfully"/)
  await screenshot(page, 'operation')

  await answerOf(page).getByRole('link', { name: 'The journal' }).click()
  await page.getByRole('link', { name: /POST \/onboarding\/user\/resetPin\/v1/ }).click()
  const steps = (await page.getByRole('region', { name: 'Step by step' }).textContent()) ?? ''
  t.match(steps, /match[^]*resetPin[^]*check[^]*accepted[^]*choose[^]*200\/response[^]*send/)
  t.match(await page.getByRole('region', { name: 'What it changed' }).textContent(), /accounts\/100/)
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
  t.match(await page.locator('.answer').textContent(), /somebody set this reply from outside/i)
  await page.getByText(/nothing is set/).waitFor()
  await goTo(page, 'Journal')
  await page.getByRole('button', { name: 'Steered' }).click()
  await page.getByRole('link', { name: /401.*resetPin/ }).click()
  t.match(
    await page.getByRole('region', { name: 'Step by step' }).textContent(),
    /steer.*Has somebody set the reply\?o1/,
  )

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
  t.match(await page.locator('.answer').textContent(), /No answer came/)
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
