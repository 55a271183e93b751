import t from 'tap'
import { operation } from '../../src/operation/build.js'
import type { Example, Operation, Response } from '../../src/operation/operation.js'
import { bestExample, chooseDefault, chooseStatus } from '../../src/respond/choose.js'
import { headerText, quote } from '../../src/respond/decision.js'
import { envelopeBody, type SharedMembers, sharedMembers } from '../../src/respond/envelope.js'
import { problemReply, PROBLEMS } from '../../src/respond/problem.js'
import { type GetStored, type StoredExample, ReplyMaker } from '../../src/respond/reply.js'
import { syntaxFault } from '../../src/respond/syntax-fault.js'
import { Validation } from '../../src/respond/validation.js'

const source = { file: 'page.md', line: 1 }
let line = 1
const example = (text: string, origin: Example['origin'] = 'documented', name = 'one'): Example => ({
  name,
  text,
  origin,
  mediaType: 'application/json',
  repairs: origin === 'repaired' ? [{ kind: 'smart-quotes', message: 'm', source }] : [],
  // Each place of its own, since one place counts once in what replies share.
  source: { file: 'page.md', line: ++line },
})
const response = (status: string, ...examples: Example[]): Response => ({
  status,
  description: `Status text ${status}`,
  headers: [],
  content: examples.length > 0 ? [{ mediaType: 'application/json', examples }] : [],
  ...(examples.length === 0 && { undocumentedBody: 'nothing is shown' }),
  source,
})
const withResponses = (...responses: Response[]): Operation =>
  operation({ operationId: 'o', method: 'GET', path: '/o', parameters: [], responses, source })

void t.test('the status that is sent when nothing is asked', async (t) => {
  const cases: [string[], string | undefined, number | undefined][] = [
    [['404', '201', '200'], '200', 200],
    [['404', '2XX'], '2XX', 200],
    [['204', '2XX'], '204', 204],
    [['500', 'default'], 'default', 200],
    [['404', '500'], '404', 404],
    [['4XX'], '4XX', 400],
    [[], undefined, undefined],
  ]
  for (const [statuses, status, sent] of cases) {
    const choice = chooseDefault(withResponses(...statuses.map((one) => response(one))))
    t.equal(choice?.response.status, status, statuses.join())
    t.equal(choice?.status, sent, statuses.join())
  }
})

void t.test('the response of one status', async (t) => {
  const all = withResponses(response('200'), response('4XX'), response('404'), response('default'))
  for (const [status, found] of [
    [200, '200'],
    [404, '404'],
    [418, '4XX'],
    [500, 'default'],
  ] as const) {
    t.match(chooseStatus(all, status, 'why'), { response: { status: found }, status, reason: 'why' })
  }
  t.equal(chooseStatus(withResponses(response('200')), 404, ''), undefined)
})

void t.test('as the docs show it before mended, mended before text, text before made up', async (t) => {
  const origins = ['generated', 'text', 'repaired', 'documented', 'edited'] as const
  for (let count = 1; count <= origins.length; count++) {
    const some = origins.slice(0, count).map((origin) => example('1', origin))
    t.equal(bestExample(some)?.origin, origins[count - 1])
  }
  t.equal(bestExample([example('1', 'documented', 'a'), example('2', 'documented', 'b')])?.name, 'a')
  t.equal(bestExample([]), undefined)
})

void t.test('a body for what the docs leave open, in the envelope that they show', async (t) => {
  const cases: [string, string][] = [
    ['{"code":200,"text":"OK","data":{"a":1}}', '{"code":401,"text":"Status text 401","data":{}}'],
    ['{"code":0,"list":[1],"flag":true,"none":null}', '{"code":0,"list":[],"flag":false,"none":null}'],
    ['{"ratio":14.0}', '{"ratio":0}'],
  ]
  for (const [shown, expected] of cases) {
    const open = response('401')
    const operation = withResponses(response('200', example(shown)), open)
    t.equal(envelopeBody(operation, open, 401, sharedMembers([operation])), expected)
  }
  const open = response('401')
  for (const shown of ['[1]', '"x"'])
    t.equal(
      envelopeBody(withResponses(response('200', example(shown)), open), open, 401, new Map()),
      undefined,
    )
  t.equal(envelopeBody(withResponses(open), open, 401, new Map()), undefined)
})

void t.test('the envelope is what most operations share', async (t) => {
  const open = response('401')
  const operations = ['{"code":1,"own":2}', '{"code":1,"data":{}}', '{"code":1,"data":{}}'].map((text) =>
    withResponses(response('200', example(text)), open),
  )
  const [first] = operations
  t.equal(first && envelopeBody(first, open, 401, sharedMembers(operations)), '{"code":0}')
})

const maker = (shared: SharedMembers, stored: GetStored): ReplyMaker =>
  new ReplyMaker({
    shared: () => shared,
    stored,
    resolve: () => undefined,
    validation: new Validation({}),
    seed: '',
  })

void t.test('the reply of a choice', async (t) => {
  const shown = withResponses(response('200', example('{"a":14.0}')), response('204'), response('401'))
  const make = (status: number, stored?: StoredExample) => {
    const choice = chooseStatus(shown, status, 'asked')
    if (!choice) throw new Error(String(status))
    return maker(sharedMembers([shown]), () => stored).reply(shown, choice)
  }
  t.match(make(200), { status: 200, body: '{"a":14.0}', notes: [], reason: "example 'one' of 200: asked" })
  t.match(make(200, { text: '2', mediaType: 'application/json', edited: true }), {
    body: '2',
    notes: [{ kind: 'edited-example' }],
  })
  t.match(make(200, { text: '2', mediaType: 'application/json', edited: false }), { body: '2', notes: [] })
  t.equal(make(204).body, undefined)
  t.equal(make(204).headers['content-type'], undefined)
  t.match(make(401), { body: '{"a":0}', notes: [{ kind: 'undocumented-body', text: 'nothing is shown' }] })
  const mended = withResponses(response('200', example('1', 'repaired')))
  const choice = chooseDefault(mended)
  t.match(choice && maker(new Map(), () => undefined).reply(mended, choice).headers, {
    'standin-note': /^repaired-example; "the sample is not strict JSON: smart-quotes/,
  })
})

void t.test('text in headers', async (t) => {
  for (const [text, expected] of [
    ['plain', 'plain'],
    ['a\r\nb\tc', 'a b c'],
    ['Zoë “x”', 'Zo%C3%AB %E2%80%9Cx%E2%80%9D'],
    ['\uD800', '%EF%BF%BD'],
    ['\u0000', '%00'],
  ] as const)
    t.equal(headerText(text), expected)
  t.equal(quote('say "a\\b"'), String.raw`"say \"a\\b\""`)
})

void t.test('problem documents', async (t) => {
  for (const [code, { status, title }] of Object.entries(PROBLEMS)) {
    const known = Object.keys(PROBLEMS).find((one): one is keyof typeof PROBLEMS => one === code)
    const reply = problemReply(known ?? 'internal-error', { detail: 'why', more: { also: 1 } })
    t.equal(reply.status, status)
    t.strictSame(JSON.parse(String(reply.body)), {
      type: `/_standin/errors#${code}`,
      title,
      status,
      detail: 'why',
      code,
      also: 1,
    })
  }
})

void t.test('a text that is not JSON is never repeated', async (t) => {
  const cases: [string, RegExp][] = [
    ['{"pin":"2222",}', /\(line 1, column 15\)$/],
    ['{\n  "pin": secret\n}', /\(line 2, column 10\)$/],
    ['{"pin":"secret","mode":x}', /\(line 1, column 24\)$/],
    ['secret', /./],
    ['"secret', /./],
    ['', /^it is empty$/],
    [`${'['.repeat(100_000)}secret`, /./],
  ]
  for (const [text, expected] of cases) {
    try {
      JSON.parse(text)
      t.fail(text)
    } catch (error) {
      const fault = syntaxFault(text, error)
      t.match(fault, expected)
      t.notMatch(fault, /secret/)
      t.ok(fault.length < 120, fault)
    }
  }
})
