import t from 'tap'
import { standinFor } from '../../serve/helper.js'
import { becomes, browserFor, goTo, openPage, says, screenshot, skip, tryIt } from './browser.js'

// A browser takes its time on a busy machine.
t.setTimeout(300_000)

void t.test('findings, and what of the docs was called', { skip }, async (t) => {
  const standin = await standinFor(t)
  const { page, url, faults } = await openPage(await browserFor(t), standin, { at: '/findings' })
  await page.locator('.finding').first().waitFor()
  const shown = await page.locator('main').textContent()
  for (const { message, source } of standin.notes) {
    t.ok(shown?.includes(message), message)
    t.ok(shown?.includes(`${source.file}:${source.line}`))
  }
  const all = await page.locator('.finding').count()
  const infos = await page.locator('.finding-info').count()
  t.ok(infos > 0)
  await page.getByRole('button', { name: /info/ }).click()
  await becomes(t, () => page.locator('.finding').count(), all - infos)
  await screenshot(page, 'findings')

  await goTo(page, 'Coverage')
  await page.getByText('0 of 6').waitFor()
  await fetch(new URL('/nothing/here', url), { method: 'POST' })
  await page.getByText('/nothing/here', { exact: true }).waitFor()
  await page.getByRole('link', { name: /resetPin/ }).click()
  await tryIt(page, '200')
  await goTo(page, 'Coverage')
  await page.getByText('1 of 6').waitFor()
  await says(t, page.getByRole('row', { name: /resetPin/ }), /1200 × 1401 × 0/)
  await screenshot(page, 'coverage')

  await goTo(page, 'Journal')
  await page.getByRole('button', { name: 'Breaks the docs' }).click()
  await page.getByRole('link', { name: /404.*\/nothing\/here/ }).click()
  await page.getByRole('heading', { name: 'The nearest documented operations' }).waitFor()
  t.strictSame(faults, [])
})
