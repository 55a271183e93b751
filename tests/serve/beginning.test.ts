import { join } from 'node:path'
import t from 'tap'
import { createStandin, type Standin, type StandinOptions } from '../../src/standin.js'
import { folderFor } from '../folder.js'
import { ask } from './control/helper.js'
import { documentedRequest, objectOf, type Scope, standinFor } from './helper.js'

const FILES = {
  scenarios: {
    'late.yaml': 'overrides:\n  - operationId: getToken\n    status: 503\n',
    'noted.yaml': "state:\n  notes:\n    '1': { text: of the scenario }\n",
  },
}

/** A stand-in with a snapshot `demo`, in which there is a note, and two scenarios. */
async function prepared(t: Scope, options: StandinOptions): Promise<Standin> {
  const standin = await standinFor(t, options)
  await ask(standin, 'PUT', '/state/notes/1', { text: 'of the snapshot' })
  await ask(standin, 'PUT', '/snapshots/demo')
  await ask(standin, 'POST', '/state/reset')
  return standin
}

async function noteIn(standin: Standin, session: string): Promise<unknown> {
  const { json } = await ask(standin, 'GET', `/state?session=${session}`)
  t.notOk(
    Object.keys(json).some((name) => name.startsWith('$')),
    'nothing but what the API remembers',
  )
  return objectOf(objectOf(json['notes'] ?? {})['1'] ?? {})['text']
}

const call = async (standin: Standin, headers: Record<string, string>, prefix = '') => {
  const request = documentedRequest('getToken', headers)
  const reply = await standin.inject({ ...request, url: prefix + request.url })
  const isJson = reply.body.startsWith('{')
  return {
    status: reply.statusCode,
    code: isJson ? String(objectOf(reply.json())['code']) : '',
    body: reply.body,
  }
}

void t.test('a session begins from what its first request names', async (t) => {
  const standin = await prepared(t, { cwd: folderFor(t, FILES) })
  const ways: readonly (readonly [name: string, headers: Record<string, string>, prefix?: string])[] = [
    ['header', { 'standin-session': 'header; snapshot=demo' }],
    ['tight', { 'standin-session': 'tight;Snapshot="demo"' }],
    ['cookie', { cookie: 'a=b; standin-session=cookie%3Bsnapshot%3Ddemo' }],
    ['half-encoded', { cookie: 'standin-session=half-encoded%3Bsnapshot=demo' }],
    ['path', {}, '/_standin/in/path;snapshot=demo'],
    ['encoded', {}, '/_standin/in/encoded%3B%20snapshot=demo'],
  ]
  for (const [name, headers, prefix] of ways) {
    t.equal((await call(standin, headers, prefix)).status, 200, name)
    t.equal(await noteIn(standin, name), 'of the snapshot', name)
  }
  t.equal(await noteIn(standin, 'plain'), undefined, 'others begin from the fixtures')
  const { json } = await ask(standin, 'GET', '/state?session=header')
  t.strictSame(Object.keys(json).toSorted(), ['accounts', 'notes'], 'nothing but what the API remembers')
})

void t.test('it goes on from there, until it is reset', async (t) => {
  const standin = await prepared(t, { cwd: folderFor(t, FILES) })
  const headers = { 'standin-session': 'w1; snapshot=demo' }
  await call(standin, headers)
  await ask(standin, 'PUT', '/state/notes/1?session=w1', { text: 'changed' })
  await call(standin, headers)
  t.equal(await noteIn(standin, 'w1'), 'changed')
  await ask(standin, 'POST', '/reset?session=w1')
  await call(standin, headers)
  t.equal(await noteIn(standin, 'w1'), 'of the snapshot', 'a reset has it begin anew')
})

void t.test('a scenario is switched on by it too', async (t) => {
  const standin = await prepared(t, { cwd: folderFor(t, FILES) })
  const headers = { 'standin-session': 'w1; snapshot=demo; scenario=late' }
  t.equal((await call(standin, headers)).status, 503)
  t.equal(await noteIn(standin, 'w1'), 'of the snapshot')
  t.match((await ask(standin, 'GET', '/scenario?session=w1')).json, { scenario: 'late' })
  await ask(standin, 'DELETE', '/scenario?session=w1')
  t.equal((await call(standin, headers)).status, 200, 'one that was left stays off')
  await call(standin, { 'standin-session': 'w2; snapshot=demo; scenario=noted' })
  t.equal(await noteIn(standin, 'w2'), 'of the scenario', 'the state of a scenario goes before')
})

void t.test('all of many first requests find it begun', async (t) => {
  const standin = await prepared(t, { cwd: folderFor(t, FILES) })
  const body = { operationId: 'getToken', body: { text: '{{state.notes.[1].text}}' } }
  for (const name of ['a', 'b']) await ask(standin, 'POST', `/overrides?session=${name}`, body)
  const texts = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const name = index % 2 === 0 ? 'a' : 'b'
      return (await call(standin, { 'standin-session': `${name}; snapshot=demo` })).body
    }),
  )
  t.strictSame([...new Set(texts)], ['{"text":"of the snapshot"}'])
})

void t.test('one that began otherwise says so, and stays as it is', async (t) => {
  const standin = await prepared(t, { cwd: folderFor(t, FILES) })
  await ask(standin, 'PUT', '/snapshots/other')
  await call(standin, { 'standin-session': 'w1; snapshot=demo' })
  const other = await call(standin, { 'standin-session': 'w1; snapshot=other' })
  t.match(other, { status: 409, code: 'session-begun' })
  t.match(other.body, /The session 'w1' began from snapshot 'demo'.*snapshot 'other'.*reset or drop/)
  await ask(standin, 'PUT', '/state/notes/2?session=w2', {})
  const late = await call(standin, { 'standin-session': 'w2; snapshot=demo' })
  t.match(late, { status: 409, code: 'session-begun' })
  t.match(late.body, /a state that was changed already/)
  t.equal(await noteIn(standin, 'w1'), 'of the snapshot')
  t.equal((await call(standin, { 'standin-session': 'w1' })).status, 200, 'the name alone will do')
  await ask(standin, 'POST', '/sessions', { name: 'w3', snapshot: 'demo' })
  t.equal(
    (await call(standin, { 'standin-session': 'w3; snapshot=demo' })).status,
    200,
    'made in the same way',
  )
})

void t.test('what cannot be begun from is refused', async (t) => {
  const standin = await prepared(t, { cwd: folderFor(t, FILES) })
  const cases: readonly (readonly [text: string, says: RegExp])[] = [
    ['w1; snapshot=nope', /There is no snapshot 'nope'. There is: demo/],
    ['w1; scenario=nope', /There is no scenario 'nope'. .*There is: late, noted/],
    [
      'w1; snapshto=demo',
      /'snapshto' is nothing that a session begins from: there is snapshot=NAME and scenario=NAME/,
    ],
    ['w1; snapshot=a b', /'a b' is no name of a snapshot/],
    ['w1; snapshot=demo; snapshot=demo', /snapshot is there twice/],
    ['w1; snapshot=demo=x', /'demo=x' is no name of a snapshot/],
    ['; snapshot=demo', /'; snapshot=demo' is no name of a session/],
  ]
  for (const [text, says] of cases) {
    const reply = await call(standin, { 'standin-session': text })
    t.match(reply, { status: 400, code: 'bad-session' }, text)
    t.match(reply.body, says, text)
  }
  const { json } = await ask(standin, 'GET', '/journal?session=w1&order=oldest')
  t.match(json, {
    entries: [{ steps: [{}, { stage: 'session', outcome: 'refused', reason: /no snapshot/ }] }],
  })
})

void t.test('the control API begins it too, and can take it back', async (t) => {
  const standin = await prepared(t, { cwd: folderFor(t, FILES) })
  const headers = { 'standin-session': 'w1; snapshot=demo' }
  t.match((await ask(standin, 'GET', '/state', undefined, headers)).json, { notes: { 1: {} } })
  t.equal(await noteIn(standin, 'w2;snapshot=demo'), 'of the snapshot', 'in the query')
  const otherwise = { 'standin-session': 'w1; scenario=late' }
  t.match(await ask(standin, 'GET', '/state', undefined, otherwise), {
    status: 409,
    json: { code: 'session-begun' },
  })
  t.equal((await ask(standin, 'POST', '/reset', undefined, otherwise)).status, 204)
  t.equal((await ask(standin, 'GET', '/state', undefined, otherwise)).status, 200)
  for (const named of [{}, otherwise]) {
    const { status } = await ask(standin, 'GET', '/sessions?session=a&session=b', undefined, named)
    t.equal(status, 200, 'a query that is no matter there')
  }
})

void t.test('it stays begun over a restart, its scenario too', async (t) => {
  const cwd = folderFor(t, FILES)
  const options = { store: join(cwd, 'store'), cwd, logger: false } as const
  const headers = { 'standin-session': 'w1; snapshot=demo; scenario=late' }
  const first = await createStandin(options)
  await ask(first, 'PUT', '/snapshots/demo')
  await call(first, headers)
  await ask(first, 'PUT', '/state/notes/1?session=w1', { text: 'kept' })
  await first.close()
  const second = await standinFor(t, options)
  t.equal((await call(second, headers)).status, 503)
  t.equal(await noteIn(second, 'w1'), 'kept')
})

void t.test('without state there is no snapshot, but scenarios', async (t) => {
  const standin = await prepared(t, { cwd: folderFor(t, FILES), stateless: true })
  t.match(await call(standin, { 'standin-session': 'w1; snapshot=demo' }), { status: 409, code: 'no-state' })
  t.equal((await call(standin, { 'standin-session': 'w1; scenario=late' })).status, 503)
  t.equal((await call(standin, { 'standin-session': 'w1; scenario=late' })).status, 503)
})

void t.test('a state may hold any name, and any number', async (t) => {
  const standin = await standinFor(t)
  const document = '{ "valueOf": 1, "toString": 2, "constructor": { "hasOwnProperty": 3 }, "much": 1e400 }'
  for (const id of ['valueOf', 'toString', 'constructor', '1']) {
    for (const collection of ['notes', 'valueOf', 'constructor']) {
      await ask(standin, 'PUT', `/state/${collection}/${id}`, document)
    }
  }
  await ask(standin, 'PUT', '/snapshots/demo')
  await ask(standin, 'PUT', '/state/notes/1', document)
  const restored = await ask(standin, 'POST', '/snapshots/demo/restore')
  t.equal(restored.status, 204, 'what is there already')
  const headers = { 'standin-session': 'w1; snapshot=demo' }
  t.equal((await call(standin, headers)).status, 200)
  t.equal((await call(standin, headers)).status, 200)
  const [own, begun] = await Promise.all(
    ['', '?session=w1'].map((query) => ask(standin, 'GET', `/state${query}`)),
  )
  t.equal(begun?.body, own?.body)
  await ask(standin, 'PUT', '/state/accounts/valueOf?session=w2', {})
  const late = await call(standin, { 'standin-session': 'w2; snapshot=demo' })
  t.match(late, { status: 409, code: 'session-begun' })
})
