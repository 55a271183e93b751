import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { folderFor } from '../../folder.js'
import { standinFor } from '../../serve/helper.js'
import { becomes, browserFor, goTo, isSet, openPage, says, screenshot, skip, tryIt } from './browser.js'

// A browser takes its time on a busy machine.
t.setTimeout(300_000)

void t.test('a session of its own', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, faults } = await openPage(await browserFor(t), standin, { expected: [401] })
  await page.getByRole('link', { name: 'New session' }).click()
  // On a slow way, too, nothing is said before it is so.
  await page.route(/\/v1\/sessions$/, async (route) => {
    await setTimeout(200)
    await route.continue()
  })
  await page.getByLabel('Name').fill('alice')
  await page.getByRole('button', { name: 'Make it and switch to it' }).click()
  await page.getByText('You are in the session alice').waitFor()
  await page.waitForURL(/session=alice/)
  await becomes(t, () => page.getByLabel('Session', { exact: true }).inputValue(), 'alice')

  await page.getByRole('link', { name: /resetPin/ }).click()
  await page.getByLabel('until I stop it').check()
  await page.getByRole('button', { name: /^401/ }).click()
  await isSet(page, '401, until stopped')
  await tryIt(page, '401')
  await goTo(page, 'Journal')
  await page.getByRole('link', { name: /401.*resetPin/ }).waitFor()

  await page.getByLabel('Session', { exact: true }).selectOption('default')
  await page.getByText('No call yet').waitFor()
  await goTo(page, 'Operations')
  await page.getByRole('link', { name: /resetPin/ }).click()
  await page.getByText(/nothing is set/).waitFor()
  await tryIt(page, '200')

  await goTo(page, 'Sessions')
  await page.getByRole('link', { name: 'Switch to alice' }).click()
  await page.getByRole('button', { name: 'Start over alice' }).click()
  await page.getByRole('button', { name: 'Yes, start over' }).click()
  await page.getByText('as it was at the beginning').waitFor()
  await goTo(page, 'Journal')
  await page.getByText('No call yet').waitFor()
  await goTo(page, 'Sessions')
  await screenshot(page, 'sessions')
  await page.getByRole('button', { name: 'Drop alice' }).click()
  await page.getByRole('button', { name: 'Yes, drop' }).click()
  await page.getByText('alice is dropped').waitFor()
  await becomes(t, () => page.getByLabel('Session', { exact: true }).inputValue(), '')
  await becomes(t, () => page.getByRole('button', { name: 'Drop alice' }).count(), 0)
  t.strictSame(faults, [])
})

void t.test('a scenario from a file, on and off', { skip }, async (t) => {
  const folder = join(folderFor(t), 'scenarios')
  mkdirSync(folder)
  writeFileSync(
    join(folder, 'wrong-pin.json'),
    JSON.stringify({
      description: 'Every reset is refused',
      overrides: [{ operationId: 'resetPin', status: 401 }],
      state: { accounts: { '555': { note: 'of the scenario' } } },
    }),
  )
  writeFileSync(join(folder, 'broken.json'), '{ "overrides": 1 }')
  const standin = await standinFor(t, { scenarios: folder })
  const { page, faults } = await openPage(await browserFor(t), standin, { at: '/scenarios' })
  await page.getByText('Every reset is refused').waitFor()
  await says(t, page.locator('.list .failure'), /broken\.json/)
  await page.getByRole('button', { name: 'Switch on wrong-pin' }).click()
  await isSet(page, '401, until stopped')
  await screenshot(page, 'scenarios')
  await goTo(page, 'State')
  await page.locator('summary', { hasText: '555' }).waitFor()
  await goTo(page, 'Scenarios')
  await page.getByRole('button', { name: 'Switch off wrong-pin' }).click()
  await page.getByText(/Nothing: every call is answered as documented/).waitFor()
  t.strictSame(faults, [])
})
