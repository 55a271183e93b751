import t from 'tap'
import { documentedRequest, objectOf, standinFor } from '../../serve/helper.js'
import {
  accessibilityFaults,
  becomes,
  browserFor,
  goTo,
  openPage,
  screenshot,
  skip,
  sticksOut,
  tryIt,
} from './browser.js'

// A browser takes its time on a busy machine.
t.setTimeout(300_000)

void t.test('changes the state, takes it back, puts it aside and brings it back', { skip }, async (t) => {
  const standin = await standinFor(t)
  await standin.state.update((state) => state.put('accounts', '7', { note: 'mine', tags: ['a'] }))
  const held = async () => objectOf((await standin.state.read()).get('accounts', '7') ?? {})
  const { page, faults } = await openPage(await browserFor(t), standin, { at: '/state' })
  await page.getByText('2 documents').waitFor()
  await page.locator('summary', { hasText: /^7/ }).click()

  await page.getByRole('button', { name: /"mine".*change accounts\/7\/note/ }).click()
  const field = page.getByLabel('accounts/7/note as JSON')
  await field.fill('unquoted')
  await field.press('Enter')
  await page
    .getByRole('alert')
    .getByText(/Text needs double quotes/)
    .waitFor()
  await field.fill('12345678901234567890.10')
  await field.press('Enter')
  await page.getByRole('button', { name: /^12345678901234567890\.10/ }).waitFor()
  t.equal(String(objectOf((await held())['note'])['value']), '12345678901234567890.10', 'no digit is lost')

  await page.getByRole('button', { name: 'Add to accounts/7/tags' }).click()
  await page.getByLabel('Value as JSON').fill('{"deep": true}')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await page.getByRole('button', { name: /^true/ }).waitFor()
  t.strictSame((await held())['tags'], ['a', { deep: true }])
  await page.getByRole('button', { name: 'Remove accounts/7/tags/0' }).click()
  await page.getByText('accounts/7 is saved').waitFor()
  await page.getByText('[1]').waitFor()
  t.strictSame((await held())['tags'], [{ deep: true }])

  const snapshots = page.getByRole('region', { name: 'Snapshots' })
  await snapshots.getByLabel('Save the state as').fill('changed')
  await snapshots.getByRole('button', { name: 'Save' }).click()
  await snapshots.getByRole('button', { name: 'Restore changed' }).waitFor()
  await screenshot(page, 'state')

  await page.getByRole('button', { name: 'Reset the state' }).click()
  await page.getByRole('button', { name: 'Yes, reset' }).click()
  await page.getByText('1 document', { exact: true }).waitFor()
  t.strictSame(await held(), {})
  await snapshots.getByRole('button', { name: 'Restore changed' }).click()
  await page.getByText('2 documents').waitFor()
  t.strictSame((await held())['tags'], [{ deep: true }])
  await snapshots.getByRole('button', { name: 'Delete changed' }).click()
  await snapshots.getByRole('button', { name: 'Yes, delete' }).click()
  await snapshots.getByText('No snapshot yet').waitFor()
  t.strictSame(faults, [])
})

void t.test('shows what a call changes while one looks', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, faults } = await openPage(await browserFor(t), standin, { at: '/state' })
  await page.getByText('1 document', { exact: true }).waitFor()
  await goTo(page, 'Operations')
  await page
    .getByRole('link', { name: /POST.*new\/token/ })
    .first()
    .click()
  await tryIt(page, '200')
  await goTo(page, 'State')
  await page
    .getByText(/documents?$/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Add a document' }).click()
  await page.getByLabel('Id').fill('900')
  await page.getByLabel('Document as JSON').fill('{"n": 1.0}')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await page.getByText('accounts/900 is added').waitFor()
  t.ok((await standin.state.read()).get('accounts', '900'))
  t.strictSame(faults, [])
})

void t.test('issues a token for an account', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, faults } = await openPage(await browserFor(t), standin, {
    at: '/state',
    viewport: { width: 320, height: 740 },
    expected: [400],
  })
  const part = page.getByRole('region', { name: 'Token' })
  await part.getByLabel('For the account').fill('abc')
  await part.getByRole('button', { name: 'Issue' }).click()
  await page
    .getByText(/no account number/)
    .first()
    .waitFor()
  await part.getByLabel('For the account').fill('4711')
  await part.getByLabel('For the account').press('Enter')
  await part.getByText(/^For 4711/).waitFor()
  await page.locator('summary', { hasText: /^4711/ }).waitFor()
  const shown = part.getByRole('textbox', { name: /^Token For 4711/ })
  await becomes(t, async () => (await shown.inputValue()).startsWith('eyJ'), true)
  const token = await shown.inputValue()
  const reply = await standin.inject(documentedRequest('resetPin', { 'x-api-token': token }))
  t.equal(reply.statusCode, 200, 'it is taken')
  t.strictSame(await accessibilityFaults(page), [])
  t.notOk(await sticksOut(page), 'fits the smallest phone')
  t.strictSame(faults, [])
})
