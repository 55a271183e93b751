import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t from 'tap'
import { folderFor } from '../../folder.js'
import { VIEWS } from '../../../src/ui/model/route.js'
import { standinFor } from '../../serve/helper.js'
import { browserFor, goTo, openPage, says, skip, tryIt } from './browser.js'

const EVIL = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'

/** A description with markup in every text that it has. */
const description = {
  openapi: '3.1.0',
  info: { title: `Shop ${EVIL}`, version: '1' },
  paths: {
    '/things/{id}': {
      post: {
        operationId: 'makeThing',
        summary: `Summary ${EVIL}`,
        description: `Description ${EVIL}`,
        tags: [EVIL],
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'string' },
            example: '7',
            description: EVIL,
          },
          { name: 'X-Text', in: 'header', schema: { type: 'string' }, example: EVIL, description: EVIL },
        ],
        requestBody: { content: { 'application/json': { example: { text: EVIL } } } },
        responses: {
          200: {
            description: EVIL,
            content: { 'application/json': { examples: { [`name ${EVIL}`]: { value: { [EVIL]: EVIL } } } } },
          },
        },
      },
    },
  },
}

const isHarmed = (page: Page): Promise<boolean> => page.evaluate('"harmed" in window')
const countOf = (page: Page, selector: string): Promise<number> => page.locator(selector).count()

// A browser takes its time on a busy machine.
t.setTimeout(300_000)

void t.test('what is shown is text, whatever it looks like', { skip }, async (t) => {
  const folder = folderFor(t)
  const scenarios = join(folder, 'scenarios')
  mkdirSync(scenarios)
  writeFileSync(join(folder, 'api.json'), JSON.stringify(description))
  writeFileSync(join(scenarios, 'a.json'), JSON.stringify({ description: EVIL, overrides: [] }))
  const standin = await standinFor(t, { sources: [join(folder, 'api.json')], scenarios })
  await standin.state.update((state) => state.put(EVIL, EVIL, { [EVIL]: EVIL, list: [EVIL] }))
  const { page, url, faults } = await openPage(await browserFor(t), standin, { expected: [404] })
  await fetch(new URL(`/${encodeURIComponent(EVIL)}?q=${encodeURIComponent(EVIL)}`, url), {
    method: 'POST',
    headers: { 'content-type': 'text/html', 'x-evil': EVIL },
    body: EVIL,
  })
  const check = async (place: string): Promise<void> => {
    t.notOk(await isHarmed(page), `${place}: nothing ran`)
    t.equal(await countOf(page, 'img, #app script, iframe'), 0, `${place}: no markup`)
  }
  await page.getByRole('link', { name: /things/ }).click()
  await tryIt(page, '200')
  t.match(await page.locator('main').textContent(), EVIL)
  await check('operation')
  for (const view of VIEWS) {
    await page.goto(`${url}#/${view}`)
    await page.locator('main h1').waitFor()
    await page.locator('main .loading').first().waitFor({ state: 'detached' })
    for (const summary of await page.locator('main summary').all()) await summary.click()
    await check(view)
  }
  await goTo(page, 'Journal')
  for (const link of await page.locator('.calls a').all()) {
    await link.click()
    await page.getByRole('heading', { name: 'Step by step' }).waitFor()
    await check('journal entry')
  }
  await page.goto(`${url}#/operations/${encodeURIComponent(EVIL)}?session=a`)
  await page.getByRole('alert').waitFor()
  await check('an address')
  t.strictSame(faults, [])
})

void t.test('a thousand operations', { skip }, async (t) => {
  const paths = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [
      `/area${index % 10}/thing${index}`,
      { get: { operationId: `getThing${index}`, responses: { 200: { description: 'x' } } } },
    ]),
  )
  const folder = folderFor(t, {
    'api.json': JSON.stringify({ openapi: '3.1.0', info: { title: 'Big', version: '1' }, paths }),
  })
  const standin = await standinFor(t, { sources: [join(folder, 'api.json')] })
  const { page, faults } = await openPage(await browserFor(t), standin)
  await page.getByText('1,000 operations on 1 page').waitFor()
  t.equal(await countOf(page, '.row'), 0, 'what is closed is not rendered')
  await page.locator('summary', { hasText: 'api.json' }).click()
  await page.locator('.row').first().waitFor()
  t.equal(await countOf(page, '.row'), 100)
  await page.getByRole('button', { name: 'Show 100 more' }).click()
  await page.locator('.row').nth(199).waitFor()
  await page.getByRole('searchbox').fill('thing777')
  await page.getByText('1 of 1,000 operations').waitFor()
  await page.getByRole('link', { name: /thing777/ }).click()
  await page.getByRole('heading', { name: /thing777/ }).waitFor()
  t.strictSame(faults, [])
})

void t.test('asks for the token where the control API does', { skip }, async (t) => {
  const standin = await standinFor(t, { controlToken: 'let-me-in' })
  const { page, faults } = await openPage(await browserFor(t), standin, { expected: [401] })
  await page.getByRole('heading', { name: 'This stand-in asks for a token' }).waitFor()
  await page.getByLabel('Token').fill('wrong')
  await page.getByRole('button', { name: 'Use this token' }).click()
  await page
    .getByRole('alert')
    .getByText(/not the right one/)
    .waitFor()
  await page.getByLabel('Token').fill('let-me-in')
  await page.getByRole('button', { name: 'Use this token' }).click()
  await page.getByRole('link', { name: /resetPin/ }).click()
  await tryIt(page, '200')
  await page.getByTitle('Live', { exact: true }).waitFor()
  await goTo(page, 'Journal')
  await page.getByRole('link', { name: /resetPin/ }).waitFor()
  await page.reload()
  await page.getByRole('link', { name: /resetPin/ }).waitFor()
  t.equal(await page.evaluate('localStorage.length'), 0, 'kept for this tab only')
  t.strictSame(faults, [])
})

void t.test(
  'where the control API has a port of its own, requests go to the mocked one',
  { skip },
  async (t) => {
    const standin = await standinFor(t, { controlPort: 0 })
    const api = await standin.listen()
    const { page, faults } = await openPage(await browserFor(t), standin, { at: '/operations/resetPin' })
    await tryIt(page, '200')
    t.strictSame(
      faults.filter((fault) => !fault.startsWith(`outside: ${api}/onboarding/`)),
      [],
    )
    const { hostname, port } = new URL(api)
    await says(t, page.locator('.answer'), /200\/response/)
    t.equal(hostname, '127.0.0.1', port)
  },
)
