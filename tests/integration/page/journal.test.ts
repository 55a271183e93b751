import t from 'tap'
import { documentedRequest, standinFor } from '../../serve/helper.js'
import { becomes, browserFor, openPage, says, skip } from './browser.js'

// A browser takes its time on a busy machine.
t.setTimeout(300_000)

void t.test('calls are shown as they come, go as curl, and are forgotten', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, url, faults } = await openPage(await browserFor(t), standin, {
    at: '/journal',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await page.getByText('No call yet').waitFor()
  await page.getByTitle('Live', { exact: true }).waitFor()
  await standin.inject(documentedRequest('resetPin', {}, '{"pin": 1, "signInMode": 1}'))
  await page.getByRole('link', { name: /422.*resetPin.*breaks the docs/ }).click()
  const broken = page.getByRole('region', { name: 'How the request breaks the docs' })
  await says(t, broken, /body +\/pin.*reset-pin-api\.md:\d+/)
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  await page.getByText('Copied').waitFor()
  const copied = String(await page.evaluate('navigator.clipboard.readText()'))
  t.match(copied, /^curl .*\/onboarding\/user\/resetPin\/v1/)
  t.notMatch(copied, /eyJ/, 'no token')

  const har = await page.getByRole('link', { name: 'HAR' }).getAttribute('href')
  const archive = await fetch(new URL(har ?? '', url))
  t.match(await archive.json(), { log: { version: '1.2', entries: [{ response: { status: 422 } }] } })
  await page.getByRole('button', { name: 'Clear the journal' }).click()
  await page.getByRole('button', { name: 'Yes, clear' }).click()
  await page.getByText('No call yet').waitFor()
  t.strictSame(faults, [])
})

void t.test('a stand-in that is started again is found again', { skip }, async (t) => {
  const first = await standinFor(t)
  const { page, url } = await openPage(await browserFor(t), first, { at: '/journal' })
  await first.inject(documentedRequest('resetPin'))
  await first.inject(documentedRequest('resetPin'))
  await page.locator('.calls > li').nth(1).waitFor()
  await first.close()
  await page.getByTitle('Not live').waitFor()
  await page.getByRole('alert').first().waitFor()
  const second = await standinFor(t, { port: Number(new URL(url).port) })
  await second.listen()
  await page.getByTitle('Live', { exact: true }).waitFor()
  await second.inject(documentedRequest('login'))
  await page.getByRole('link', { name: /login/ }).waitFor()
  await becomes(t, () => page.locator('.calls > li').count(), 1, 'what the first one was called with is gone')
})
