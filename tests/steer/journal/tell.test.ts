import t from 'tap'
import { parseExact, stringifyExact } from '../../../src/operation/json.js'
import { Teller } from '../../../src/steer/journal/tell.js'
import { call, type CallOptions, description, okay } from './helper.js'

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2ln'
const teller = new Teller(description, ['/ssn'])
const steps = (options: CallOptions): string[] =>
  teller
    .entry(call(options))
    .steps.map(
      ({ stage, outcome, reason, source }) =>
        `${stage}: ${outcome}; ${reason}${source ? ` (${source.file}:${source.line})` : ''}`,
    )
const get = description.operations.find(({ operationId }) => operationId === 'getCup')
const example = get?.responses[0]?.content[0]?.examples[0]
const shownAt = `${example?.source.file}:${example?.source.line}`
const documentedAt = `${get?.source.file}:${get?.source.line}`
const named = { ...okay.headers, 'standin-example': `200/${example?.name}; documented; ${shownAt}` }

void t.test('the way of a request, a sentence each', async (t) => {
  t.strictSame(
    steps({ operationId: 'getCup', reply: { headers: named }, more: { ended: 13.1234 } }),
    [
      `match: getCup; GET /cups/{id} is documented (${documentedAt})`,
      'session: default; the request names no session',
      'check: accepted; the request keeps to the docs',
      'steer: none; no override is set for it',
      `choose: 200/${example?.name}; example 'response' of 200: the lowest documented 2xx (${shownAt})`,
      'send: sent; after 3.12 ms',
    ],
    'a plain one',
  )
  t.strictSame(
    steps({
      operationId: 'getCup',
      more: {
        session: 'one',
        rejection: {
          code: 'request-breaks-description',
          violations: [
            {
              in: 'query',
              name: 'n',
              pointer: '',
              keyword: 'type',
              message: 'must be integer',
              source: { file: 'a.md', line: 3 },
            },
          ],
        },
        planned: { overrideId: 'o1', reason: 'override o1', step: {}, delay: 20.4, fault: 'timeout' },
      } as never,
    }).slice(1),
    [
      'session: one; the request names it',
      'check: request-breaks-description; query n must be integer (a.md:3)',
      'steer: o1; override o1: 20 ms later, timeout',
      "choose: 200; example 'response' of 200: the lowest documented 2xx",
      'send: no reply; fault: timeout, delayed by 20 ms',
    ],
    'one that breaks the docs, and meets a fault',
  )
  t.strictSame(
    steps({
      operationId: 'getCup',
      more: {
        behaved: 'The cup is there',
        changes: [{ collection: 'cups', id: '7', before: null, after: {} }],
      },
    }).slice(4),
    [
      'behave: 1 changed; The cup is there',
      "choose: 200; example 'response' of 200: the lowest documented 2xx",
      'send: under way; waiting',
    ],
    'one that changes something, and is not done',
  )
  t.strictSame(
    steps({ operationId: 'getCup', reply: { reason: 'bad name' }, more: { refused: 'bad name' } }),
    [
      `match: getCup; GET /cups/{id} is documented (${documentedAt})`,
      'session: refused; bad name',
      'choose: 200; bad name',
      'send: under way; waiting',
    ],
    'one that can have no session',
  )
  t.match(
    steps({ operationId: 'gone' })[0],
    /^match: gone; GET was documented when it came, and is not any more$/,
  )
})

void t.test('an entry', async (t) => {
  const trail = call({
    operationId: 'setPin',
    method: 'POST',
    url: '/accounts/7/pin/1111?gate=2',
    headers: { 'content-type': 'application/json', 'x-gate': '1' },
    body: new TextEncoder().encode('{"pin":"1111","ssn":2,"id":9007199254740993}'),
    reply: {
      headers: { 'content-type': 'application/json', 'set-cookie': 'a=b' },
      body: `{"token":"x","note":"${JWT}"}`,
    },
    more: {
      id: 3,
      at: Date.UTC(2030, 0, 2, 3, 4, 5, 6),
      ended: 11.5,
      behaved: `It is ${JWT}`,
      changes: [
        {
          collection: 'accounts',
          id: JWT,
          before: null,
          after: parseExact('{"pin":"1","n":14.0,"in":{"ssn":"3","X-Gate":"4"}}'),
        },
      ],
    },
  })
  const { steps, ...entry } = teller.entry(trail)
  t.equal(
    stringifyExact(entry),
    stringifyExact({
      id: 3,
      session: '',
      at: '2030-01-02T03:04:05.006Z',
      operationId: 'setPin',
      request: {
        method: 'POST',
        url: '/accounts/7/pin/[redacted]?gate=[redacted]',
        headers: { 'content-type': 'application/json', 'x-gate': '[redacted]' },
        body: '{"pin":"[redacted]","ssn":"[redacted]","id":9007199254740993}',
        bodySize: 44,
      },
      reply: {
        status: 200,
        headers: { 'content-type': 'application/json', 'set-cookie': '[redacted]' },
        body: '{"token":"[redacted]","note":"[redacted]"}',
        bodySize: 64,
      },
      ms: 1.5,
      violations: [],
      changes: [
        {
          collection: 'accounts',
          id: '[redacted]',
          before: null,
          after: parseExact('{"pin":"[redacted]","n":14.0,"in":{"ssn":"[redacted]","X-Gate":"[redacted]"}}'),
        },
      ],
    }),
  )
  t.ok(steps.some(({ reason }) => reason === 'It is [redacted]'))
  t.notMatch(stringifyExact(entry), /1111|eyJ/)
})

void t.test('bodies that are no text are not shown, their sizes are', async (t) => {
  const { request, reply } = teller.entry(
    call({ body: Uint8Array.from([0xff, 0xfe]), reply: { body: Uint8Array.from([0, 65]) } }),
  )
  t.strictSame([request.body, request.bodySize, reply?.body, reply?.bodySize], [undefined, 2, undefined, 2])
  const cut = teller.entry(call({ body: '{"a":"x', more: { cut: { request: 100 } } }))
  t.strictSame([cut.request.body, cut.request.bodySize, cut.request.bodyCut], ['{"a":"x', 100, true])
})

void t.test('the nearest operations, and what differs', async (t) => {
  const nearest = (method: string, url: string): string[] =>
    (teller.entry(call({ method, url })).nearest ?? []).map(
      ({ operation, differs }) => `${operation.split(' (')[0]}: ${differs}`,
    )
  t.strictSame(nearest('DELETE', '/cups/7?x=1'), [
    'GET /cups/{id}: the method is DELETE, documented is GET',
    'PUT /cups/{id}: the method is DELETE, documented is PUT',
  ])
  t.strictSame(nearest('GET', '/cup/7').slice(0, 2), [
    "GET /cups/{id}: segment 1 is 'cup', documented is 'cups'",
    "PUT /cups/{id}: the method is GET, documented is PUT; segment 1 is 'cup', documented is 'cups'",
  ])
  t.equal(
    nearest('POST', '/accounts/7/pin')[0],
    'POST /accounts/{account}/pin/{pin}: the path has 3 segments, documented are 4',
  )
  t.strictSame(
    nearest('GET', `/cups/${JWT}/more`)[0],
    'GET /cups/{id}: the path has 3 segments, documented are 2',
  )
  t.equal(teller.entry(call({ operationId: 'getCup' })).nearest, undefined)
})
