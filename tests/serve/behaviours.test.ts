import t from 'tap'
import type { Behaviour } from '../../src/respond/behaviour.js'
import { appFor, showing } from './app-for.js'

const paths = {
  '/things/{id}': {
    get: { operationId: 'getThing', responses: { 200: showing({ from: 'docs' }), 404: showing({ no: 1 }) } },
  },
}
const answers: Behaviour = () => ({ status: '200', body: { from: 'behaviour' }, reason: 'it was asked' })

void t.test('a behaviour is asked unless the request wants a certain reply', async (t) => {
  const app = await appFor(t, paths, { behaviours: { getThing: answers } })
  const cases: [url: string, prefer: string | undefined, from: string | undefined][] = [
    ['/things/1', undefined, 'behaviour'],
    ['/things/a__b', undefined, 'behaviour'],
    ['/things/1?name__contains=x', undefined, 'behaviour'],
    ['/things/1', 'return=minimal', 'behaviour'],
    ['/things/1', 'respond-async, wait=10', 'behaviour'],
    ['/things/1', 'code=200', 'docs'],
    ['/things/1?__code=200', undefined, 'docs'],
    ['/things/1?__code=404', undefined, undefined],
  ]
  for (const [url, prefer, from] of cases) {
    const reply = await app.inject({ url, headers: prefer === undefined ? {} : { prefer } })
    t.equal(reply.json<{ from?: string }>().from, from, `${url} ${prefer}`)
  }
  const refused = await app.inject({ url: '/things/1?__dynamic=maybe' })
  t.equal(refused.statusCode, 400, 'a preference without a meaning is told')
})

void t.test('what a behaviour gets wrong is a problem of that request alone', async (t) => {
  const cases: [string, Behaviour][] = [
    ['a line break in a header', () => ({ status: '200', reason: 'x', headers: { 'x-a': 'b\r\nc: d' } })],
    ['a name that no header has', () => ({ status: '200', reason: 'x', headers: { 'x a': 'b' } })],
    ['no status', () => ({ status: 'gone', body: {}, reason: 'x' })],
    ['a status out of range', () => ({ status: '99', body: {}, reason: 'x' })],
    ['an error', () => Promise.reject(new Error('secret'))],
  ]
  for (const delay of [undefined, { min: 1, max: 1 }]) {
    for (const [name, behaviour] of cases) {
      const app = await appFor(t, paths, { behaviours: { getThing: behaviour }, delay })
      const reply = await app.inject('/things/1')
      t.equal(reply.statusCode, 500, name)
      t.equal(reply.json<{ code: string }>().code, 'internal-error', name)
      t.equal(reply.headers['c'], undefined, name)
      t.notMatch(reply.body, 'secret')
    }
  }
})

void t.test('an operation is not given a behaviour by its name', async (t) => {
  const app = await appFor(t, { '/a': { get: { operationId: 'toString', responses: { 200: showing(1) } } } })
  const reply = await app.inject('/a')
  t.equal(reply.statusCode, 200)
  t.equal(reply.body, '1')
})
