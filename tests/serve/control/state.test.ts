import { join } from 'node:path'
import t from 'tap'
import { folderFor } from '../../folder.js'
import { standinFor } from '../helper.js'
import { ask } from './helper.js'

void t.test('state is read, merged into, put, and taken back, digits and all', async (t) => {
  const standin = await standinFor(t)
  const seed = (await ask(standin, 'GET', '/state')).body
  t.match(JSON.parse(seed), { accounts: { 100: { pinHash: String } } })
  const patched = await ask(
    standin,
    'PATCH',
    '/state',
    '{"accounts":{"100":{"pinHash":null,"note":{"a":14.0}},"7":{"id":9007199254740993}},"__proto__":{"x":{"y":1}}}',
  )
  t.equal(patched.status, 200)
  t.match(patched.body, /"7":\{"id":9007199254740993\}/)
  t.match(patched.body, /"note":\{"a":14\.0\}/)
  t.match(patched.body, /"__proto__":\{"x":\{"y":1\}\}/, 'a name like others')
  t.notMatch(patched.body, /pinHash/)
  t.equal((await ask(standin, 'GET', '/state')).body, patched.body)
  const emptied = await ask(standin, 'PATCH', '/state', '{"accounts":null}', {
    'content-type': 'application/merge-patch+json',
  })
  t.strictSame(emptied.json['accounts'], {})
  const put = await ask(standin, 'PUT', '/state', '{"cups":{"1":{"full":true}}}')
  t.match(put.json, { cups: { 1: { full: true } } })
  t.strictSame(put.json['accounts'], {})
  t.equal((await ask(standin, 'POST', '/state/reset')).status, 204)
  t.strictSame(JSON.parse((await ask(standin, 'GET', '/state')).body).accounts['100'] !== undefined, true)
  t.strictSame((await ask(standin, 'GET', '/state')).json['cups'] ?? {}, {})
})

void t.test('one document', async (t) => {
  const standin = await standinFor(t)
  const put = await ask(standin, 'PUT', '/state/accounts/9%2F1', '{"n":1.0}')
  t.match(put, { status: 200, body: '{"n":1.0}' })
  t.equal((await ask(standin, 'GET', '/state/accounts/9%2F1')).body, '{"n":1.0}')
  t.match(await ask(standin, 'GET', '/state/accounts/101'), {
    status: 404,
    json: { detail: /Did you mean '100'\?/ },
  })
  t.equal((await ask(standin, 'DELETE', '/state/accounts/9%2F1')).status, 204)
  t.equal((await ask(standin, 'DELETE', '/state/accounts/9%2F1')).status, 404)
})

void t.test('what is no state is refused, and nothing of it is kept', async (t) => {
  const standin = await standinFor(t)
  const before = (await ask(standin, 'GET', '/state')).body
  for (const [method, path, body, pointer] of [
    ['PUT', '/state', '{"accounts":5}', '/accounts'],
    ['PUT', '/state', '{"accounts":{"1":[]}}', '/accounts/1'],
    ['PUT', '/state', '{"accounts":{"1":1.0}}', '/accounts/1'],
    ['PATCH', '/state', '{"a":{"b":{}},"c":{"d":"e"}}', '/c/d'],
    ['PUT', '/state', '{"a/b":5}', '/a~1b'],
    ['PUT', '/state', '{"a~b":{"c/d":5}}', '/a~0b/c~1d'],
    ['PATCH', '/state', '{"a/b":{"c~d":5}}', '/a~1b/c~0d'],
    ['PATCH', '/state', '[]', ''],
    ['PUT', '/state/accounts/1', '5', ''],
  ] as const) {
    const { status, json } = await ask(standin, method, path, body)
    t.equal(status, 400, body)
    t.equal(json['pointer'], pointer, body)
  }
  t.equal((await ask(standin, 'GET', '/state')).body, before)
})

void t.test('without state there is none to steer, but overrides there are', async (t) => {
  const standin = await standinFor(t, { stateless: true })
  for (const [method, path] of [
    ['GET', '/state'],
    ['POST', '/state/reset'],
    ['PUT', '/snapshots/a'],
    ['GET', '/snapshots'],
    ['POST', '/snapshots/a/restore'],
  ] as const) {
    t.match(
      await ask(standin, method, path),
      { status: 409, json: { code: 'no-state' } },
      `${method} ${path}`,
    )
  }
  t.match(await ask(standin, 'POST', '/tokens', { account: 1 }), { status: 501 })
  t.equal((await ask(standin, 'POST', '/overrides', { status: 500 })).status, 201)
  t.equal((await ask(standin, 'POST', '/reset')).status, 204)
  t.strictSame((await ask(standin, 'GET', '/overrides')).json, { overrides: [] })
})

for (const kind of ['memory', 'folder'] as const) {
  void t.test(`snapshots in ${kind}`, async (t) => {
    const store = kind === 'memory' ? 'memory' : join(folderFor(t), 'store')
    let standin = await standinFor(t, { store })
    await ask(standin, 'PUT', '/state', '{"cups":{"1":{"n":14.0}}}')
    t.match(await ask(standin, 'PUT', '/snapshots/full'), { status: 200, json: { name: 'full' } })
    await ask(standin, 'POST', '/reset')
    await ask(standin, 'PUT', '/snapshots/at-the-start')
    if (kind === 'folder') {
      await standin.close()
      standin = await standinFor(t, { store })
    }
    t.match(await ask(standin, 'GET', '/snapshots'), {
      json: { snapshots: [{ name: 'at-the-start' }, { name: 'full' }] },
    })
    t.match((await ask(standin, 'GET', '/sessions')).json['sessions'], [{ name: '' }], 'no session is one')
    t.equal(((await ask(standin, 'GET', '/sessions')).json['sessions'] as unknown[]).length, 1)
    t.equal((await ask(standin, 'POST', '/snapshots/full/restore?session=a')).status, 204)
    t.match((await ask(standin, 'GET', '/state?session=a')).body, /"cups":\{"1":\{"n":14\.0\}\}/)
    t.match((await ask(standin, 'GET', '/state')).json, { accounts: { 100: {} } }, 'others stay')
    const made = await ask(standin, 'POST', '/sessions', { name: 'b', snapshot: 'full' })
    t.equal(made.status, 201)
    t.match((await ask(standin, 'GET', '/state?session=b')).body, /"cups":\{"1":\{"n":14\.0\}\}/)
    t.match(await ask(standin, 'POST', '/sessions', { name: 'c', snapshot: 'ful' }), {
      status: 404,
      json: { detail: /Did you mean 'full'\?/ },
    })
    t.equal((await ask(standin, 'GET', '/sessions/c')).status, 404, 'and none is made')
    t.equal((await ask(standin, 'DELETE', '/snapshots/full')).status, 204)
    t.equal((await ask(standin, 'DELETE', '/snapshots/full')).status, 404)
    t.match(await ask(standin, 'PUT', '/snapshots/a%20b'), {
      status: 400,
      json: { code: 'bad-control-request' },
    })
    await standin.close()
  })
}

void t.test('a token is the API’s own', async (t) => {
  const standin = await standinFor(t)
  const { status, json } = await ask(standin, 'POST', '/tokens?session=a', '{"account":9007199254740993}')
  t.equal(status, 201)
  t.match(json, { token: /^eyJ/, expiresAt: /^\d{4}-/ })
  t.match(
    (await ask(standin, 'GET', '/state?session=a')).json,
    { accounts: { '9007199254740993': {} } },
    'opened there',
  )
  const reset = await standin.inject({
    method: 'POST',
    url: '/onboarding/user/resetPin/v1',
    headers: {
      'content-type': 'application/json',
      'x-api-token': String(json['token']),
      'standin-session': 'a',
    },
    payload: { pin: '2222', signInMode: 1 },
  })
  t.equal(reset.statusCode, 200, reset.body)
  t.match(await ask(standin, 'POST', '/tokens', { account: 'x' }), {
    status: 400,
    json: { detail: /no account number/ },
  })
  const generic = await standinFor(t, { cwd: folderFor(t, { 'api.json': API }), sources: ['api.json'] })
  t.match(await ask(generic, 'POST', '/tokens', { account: 1 }), {
    status: 501,
    json: { code: 'no-token-issuing', detail: /Cups has no tokens/ },
  })
})

const API = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Cups', version: '1' },
  paths: { '/cups': { get: { operationId: 'cups', responses: { 200: { description: 'x' } } } } },
})
