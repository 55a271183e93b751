import t from 'tap'
import { createStandin, type Standin } from '../../../src/standin.js'
import { until } from '../../store/helper.js'
import { redisTest, startRedis } from '../redis-server.js'
import { accessibilityFaults, browserFor, openPage, skip } from './browser.js'

// A browser and a redis-server take their time on a busy machine.
t.setTimeout(300_000)

const docs = (path: string): string =>
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Cups', version: '1' },
    paths: { [path]: { get: { operationId: 'fill', responses: { 204: { description: 'Filled' } } } } },
  })

/** Resolves once a stand-in has heard of another one that serves something else. */
const untilTheyDiffer = (standin: Standin): Promise<void> =>
  until(async () => (await standin.inject('/_standin/health')).json().replicas.alike === false)

if (skip === false) {
  void redisTest(
    'the page warns where replicas differ, and names them, for as long as they do',
    async (t) => {
      const redis = await startRedis(t)
      const cwd = t.testdir({ 'one.json': docs('/cups'), 'two.json': docs('/mugs') })
      const replica = async (source: string): Promise<Standin> => {
        const standin = await createStandin({ sources: [source], cwd, store: redis.url, logger: false })
        t.teardown(() => standin.close())
        await standin.listen()
        return standin
      }
      const one = await replica('one.json')
      const two = await replica('two.json')
      await untilTheyDiffer(one)
      const { page, faults } = await openPage(await browserFor(t), one)
      const warning = page.getByRole('alert').filter({ hasText: 'Replicas differ.' })
      await warning.getByText(/The 2 replicas do not serve the same: 1 serves Cups/).waitFor()
      await warning.click()
      await page.locator('.strip li').nth(1).waitFor()
      t.strictSame(await accessibilityFaults(page), [])
      await two.close()
      // It looks every ten seconds, and a replica may be missed for some before.
      await warning.waitFor({ state: 'detached', timeout: 120_000 })
      t.strictSame(faults, [])
    },
  )
}
