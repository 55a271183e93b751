import type { InjectOptions } from 'fastify'
import t from 'tap'
import { standinFor } from '../helper.js'
import { ask } from './helper.js'

/** What is refused, with the pointer to it and what is said. */
const refused: readonly (readonly [
  method: NonNullable<InjectOptions['method']>,
  path: string,
  body: unknown,
  status: number,
  pointer: string,
  says: RegExp,
])[] = [
  ['GET', '/overrides?sesion=w1', undefined, 400, '/sesion', /Did you mean 'session'\?/],
  ['DELETE', '/journal?sesion=w1', undefined, 400, '/sesion', /Did you mean 'session'\?/],
  ['GET', '/journal/stream?sesion=w1', undefined, 400, '/sesion', /Did you mean 'session'\?/],
  ['GET', '/journal?operationId=resetPn', undefined, 404, '/operationId', /Did you mean 'resetPin'\?/],
  ['PUT', '/snapshots/bad name', undefined, 400, '/name', /must be up to 64 letters, digits/],
  ['PUT', '/scenario', { name: 'nope' }, 404, '/name', /There is no scenario 'nope'/],
  ['POST', '/sessions', { name: 'w2', snapshot: 'nope' }, 404, '/snapshot', /There is no snapshot 'nope'/],
  ['POST', '/sessions', { name: 'w2', scenario: 'nope' }, 404, '/scenario', /There is no scenario 'nope'/],
  ['POST', '/tokens', { account: 'abc' }, 400, '/account', /no account number/],
  ['POST', '/tokens', { account: -1 }, 400, '/account', /^body\/account must be >= 0$/],
  [
    'POST',
    '/journal/verify',
    { match: { operationId: 'resetPn' }, times: 0 },
    404,
    '/match/operationId',
    /Did you mean 'resetPin'\?/,
  ],
  [
    'POST',
    '/journal/wait',
    { match: { operationId: 'resetPn' }, timeout: 1 },
    404,
    '/match/operationId',
    /Did you mean 'resetPin'\?/,
  ],
  ['POST', '/journal/verify', { match: {}, times: { atLeast: 3, atMost: 1 } }, 400, '/times', /greater than/],
  [
    'POST',
    '/journal/verify',
    { match: { when: { body: { '/pin': { matches: '(' } } } } },
    400,
    '/match/when/body/~1pin/matches',
    /Unterminated group/,
  ],
]

void t.test('what is refused says where it is and what to do', async (t) => {
  const standin = await standinFor(t)
  for (const [method, path, body, status, pointer, says] of refused) {
    const { json, ...reply } = await ask(standin, method, path, body)
    t.equal(reply.status, status, `${method} ${path}: ${reply.body}`)
    t.equal(json['pointer'], pointer, `${method} ${path}: pointer`)
    t.match(json['detail'], says, `${method} ${path}: ${String(json['detail'])}`)
  }
  const { json } = await ask(standin, 'GET', '/sessions')
  t.strictSame((json['sessions'] as unknown[]).length, 1, 'no session is made by it')
})

void t.test('405 names every method, with a slash at the end too', async (t) => {
  const standin = await standinFor(t)
  for (const path of ['', '/', '/journal']) {
    const { status, headers } = await ask(standin, 'PATCH', path, {})
    t.equal(status, 405, path)
    t.match(headers['allow'], /^GET, HEAD,/, path)
  }
})
