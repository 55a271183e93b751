import t from 'tap'
import { request } from 'undici'
import { objectOf } from '../serve/helper.js'
import { CONFIGURATIONS, type Configuration, skipWithoutNginx } from './nginx.js'
import { skipWithoutRedis } from './redis-server.js'
import { Client } from './replicas-load/client.js'
import { replicated } from './replicas-load/stand-in.js'

const skip = skipWithoutRedis() || skipWithoutNginx()
/** What a client sees of a connection that is reset instead of an answer. */
const broken: Readonly<Record<Configuration, number | undefined>> = {
  'nginx.conf': undefined,
  'nginx-http.conf': 502,
}

t.setTimeout(300_000)
for (const configuration of CONFIGURATIONS) {
  void t.test(`what ${configuration} leaves as it is`, { skip }, async (t) => {
    const { url, replicas } = await replicated(t, configuration, [])
    const client = new Client(url, 10)
    t.teardown(() => client.close())
    const set = (session: string, override: object) =>
      client.send('POST', '/_standin/v1/overrides', session, override)
    const status = async (session: string) => (await client.ask('POST', '/greet', session))?.status

    await t.test('the name by which the client called', async (t) => {
      const made = await request(`${url}/_standin/v1/overrides`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url, 'sec-fetch-site': 'same-origin' },
        body: '{"operationId":"greet","status":204,"times":1}',
      })
      await made.body.dump()
      t.equal(made.statusCode, 201, 'a page from there is of the same origin')
    })

    await t.test('faults on the wire, which count once, and trouble nobody else', async (t) => {
      await set('broken', { operationId: 'greet', fault: 'connection-reset', times: 5 })
      for (let call = 0; call < 5; call++) t.equal(await status('broken'), broken[configuration])
      t.equal(await status('broken'), 200, 'none was sent a second time')
      const others = await Promise.all(Array.from({ length: 9 }, (_, index) => status(`other-${index}`)))
      t.strictSame(new Set(others), new Set([200]), 'no replica was taken away for it')
    })

    await t.test('events, which come when they happen', async (t) => {
      const { body } = await request(`${url}/_standin/v1/journal/stream?session=watched`)
      t.teardown(() => body.destroy())
      let text = ''
      const seen = (async () => {
        for await (const chunk of body.setEncoding('utf8')) {
          text += String(chunk)
          if (text.includes('/greet')) return true
        }
        return false
      })()
      for (const { url } of replicas) {
        const direct = new Client(url, 1)
        await direct.send('POST', '/greet', 'watched')
        await direct.close()
      }
      t.ok(await seen)
    })

    await t.test('a replica that is gone, as long as another one is there', async (t) => {
      await replicas[0]?.stop()
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => client.repeat('GET', '/notes', 'left')),
      )
      t.strictSame(new Set(answers.map(({ body }) => JSON.stringify(body))), new Set(['[{"id":"both"}]']))
      const { body } = await client.repeat('GET', '/_standin/health', '')
      t.equal(objectOf(body)['operations'], 7)
    })
  })
}
