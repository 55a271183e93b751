import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { createProxy, type Proxy } from '../../../src/index.js'
import { folderFor } from '../../folder.js'
import { cups, json, send, type TestScope, upstreamFor } from './helper.js'

const documentOf = (paths: object) =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'Cups', version: '1' }, paths })

const upstreamOf = (t: TestScope) =>
  upstreamFor(t, (incoming, response) => {
    const id = incoming.url?.split('/')[2]
    response.writeHead(200, json).end(`{"id":${id},"size":"size ${id}"}`)
  })

/** Waits for as long as the test runner lets it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(10)
}

void t.test('recordings are in the file while the proxy runs, beside what a person edits', async (t) => {
  let proxy: Proxy | undefined
  // Told before there is a folder, so that it is done before the folder goes.
  t.teardown(() => proxy?.close())
  const cwd = folderFor(t, { 'api.json': documentOf(cups) })
  const file = join(cwd, 'recorded', 'examples.json')
  const text = () => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return ''
    }
  }
  proxy = await createProxy({
    sources: ['api.json'],
    cwd,
    logger: false,
    upstream: await upstreamOf(t),
    record: 'recorded',
  })
  const url = await proxy.listen()
  await send(`${url}/cups/7`)
  await until(() => text().includes('size 7'))
  writeFileSync(file, text().replace('size 7', 'by hand'))
  await send(`${url}/cups/8`)
  await until(() => text().includes('size 8'))
  t.match(text(), 'by hand', 'an edit is not overwritten')

  writeFileSync(file, '{ half')
  await send(`${url}/cups/9`)
  await delay(300)
  t.equal(text(), '{ half', 'and neither is one that is not finished')
  writeFileSync(file, '{}')
  await proxy.close()
  t.match(proxy.recorded, { added: 3, kept: 0 })
  t.match(text(), 'size 9')
  t.notMatch(text(), 'size 8', 'what a person took out stays out')
})

void t.test('the docs are followed while the proxy runs', async (t) => {
  let proxy: Proxy | undefined
  // Told before there is a folder, so that it is done before the folder goes, which is watched.
  t.teardown(() => proxy?.close())
  const cwd = folderFor(t, { docs: { 'api.json': documentOf({ '/cups/{id}': cups['/cups/{id}'] }) } })
  const told: (readonly string[])[] = []
  proxy = await createProxy({
    sources: ['docs'],
    cwd,
    logger: false,
    upstream: await upstreamOf(t),
    record: 'recorded',
    watch: true,
    onReload: (files) => told.push(files),
  })
  const url = await proxy.listen()
  const violations = async (path: string) => (await send(url + path)).headers['standin-violations']
  t.match(await violations('/mugs/1'), /\/mugs\/1 is not documented/)

  const file = join(cwd, 'docs', 'api.json')
  writeFileSync(
    file,
    documentOf({ '/mugs/{id}': { get: { ...cups['/cups/{id}'].get, operationId: 'getMug' } } }),
  )
  await until(() => told.length > 0)
  t.match(told, [[/api\.json$/]])
  t.equal(await violations('/mugs/1'), undefined)
  t.match(await violations('/cups/1'), /\/cups\/1 is not documented/)
  t.match(JSON.parse((await send(`${url}/_standin/openapi.json`)).text).paths, { '/mugs/{id}': {} })

  writeFileSync(file, '{')
  await t.rejects(proxy.reload())
  t.equal(await violations('/mugs/2'), undefined, 'what was read before is held to')
  await proxy.close()
  t.match(JSON.parse(readFileSync(join(cwd, 'recorded', 'examples.json'), 'utf8')), { getMug: {} })
})
