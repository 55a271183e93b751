import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import t from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { standinFor } from '../serve/helper.js'
import { chromiumArgs, chromiumPath, missingChromium, skipWithoutChromium } from './chromium.js'

const skip = skipWithoutChromium()
void t.test('the reference page works in a browser, without any network', { skip }, async (t) => {
  if (!existsSync(chromiumPath)) throw new Error(missingChromium)
  const standin = await standinFor(t)
  const url = await standin.listen()
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs })
  t.teardown(() => browser.close())
  const page = await browser.newPage()
  const faults: string[] = []
  page.on('request', (request) => {
    const asked = request.url()
    if (!asked.startsWith(url) && !asked.startsWith('data:')) faults.push(`outside: ${asked}`)
  })
  page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`))
  page.on('response', (reply) => {
    if (reply.status() >= 400) faults.push(`${reply.status()}: ${reply.url()}`)
  })
  page.on('console', (message) => {
    // What the policy on content forbids is told here too.
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))

  await page.goto(`${url}/docs`)
  await page.waitForSelector('.opblock')
  const shown = await page.locator('.opblock-summary-path').allTextContents()
  // Swagger UI lets long paths break, at zero-width spaces.
  const paths = shown.map((text) => text.replaceAll('\u200B', '').trim())
  t.strictSame(
    paths.toSorted(),
    onboarding.description.operations.map((operation) => operation.path).toSorted(),
  )

  await page.locator('.opblock-summary-path', { hasText: 'resetPin' }).click()
  await page.waitForSelector('.opblock-body .responses-table')
  const operation = await page.locator('.opblock.is-open').textContent()
  for (const words of ['X-API-TOKEN', 'signInMode', 'Pin has been reset successfully', '401']) {
    t.ok(operation?.includes(words), words)
  }
  await page.getByRole('button', { name: 'Try it out' }).click()
  await page.getByRole('button', { name: 'Execute' }).click()
  const live = page.locator('.live-responses-table')
  await live.waitFor()
  t.match(await live.textContent(), /200[^]*Pin has been reset successfully/)
  t.strictSame(faults, [])
})
