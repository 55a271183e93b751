import * as fc from 'fast-check'
import t from 'tap'
import { LosslessNumber, stringifyExact } from '../../../src/operation/json.js'
import type { Reply } from '../../../src/respond/reply.js'
import { countsOf, tallyOf } from '../../../src/steer/journal/tally-counts.js'
import { Tally } from '../../../src/steer/journal/tally.js'
import { readTrails, writeTrails } from '../../../src/steer/journal/trail-text.js'
import type { Fault } from '../../../src/steer/override.js'
import type { Trail } from '../../../src/steer/trail.js'
import { call, journals } from './helper.js'

const text = fc.string({ unit: 'binary', maxLength: 20 })
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const body = optional(
  fc.oneof(
    text,
    fc.uint8Array({ maxLength: 20 }),
    text.map((one) => Buffer.from(one)),
    fc.constant(Buffer.from('\uFEFFx')),
    fc.json().map((one) => one),
  ),
)
const headers = fc.dictionary(
  fc.constantFrom('content-type', 'host', 'authorization', 'cookie', 'x-a', 'standin-example'),
  fc.oneof(text, fc.constantFrom('application/json', 'text/plain; charset=utf-8')),
)
const source = fc.record({ file: text, line: fc.integer({ min: 1, max: 999 }) })
const reply: fc.Arbitrary<Reply> = fc.record({
  status: fc.integer({ min: 200, max: 599 }),
  headers,
  body,
  notes: fc.array(
    fc.record(
      { kind: fc.constantFrom('own-reply', 'from-state', 'override'), text, source },
      { requiredKeys: ['kind', 'text'] },
    ),
    { maxLength: 2 },
  ),
  reason: text,
})
const violation = fc.record(
  {
    in: fc.constantFrom('body', 'header', 'query', 'path'),
    pointer: text,
    keyword: text,
    message: text,
    name: text,
    expected: fc.jsonValue(),
    source,
  },
  { requiredKeys: ['in', 'pointer', 'keyword', 'message'] },
)
const digits = fc.constantFrom('14.0', '12345678901234567890', '1e400').map((one) => new LosslessNumber(one))
const document = fc.oneof(
  fc.constant(null),
  fc.record({ id: text, of: fc.oneof(text, digits, fc.jsonValue()) }),
)
const fault = fc.constantFrom<Fault>('connection-reset', 'timeout', 'malformed-json', {
  type: 'slow-drip',
  overMs: 5,
})
const planned = fc.record({
  overrideId: text,
  reason: text,
  step: fc.record(
    { status: fc.constant(404), example: text, body: fc.jsonValue(), headers },
    { requiredKeys: [] },
  ),
  delay: optional(fc.double({ min: 0, max: 1000, noNaN: true })),
  fault: optional(fault),
})

const trails = fc
  .record({
    operationId: optional(fc.constantFrom('getCup', 'setPin', 'gone')),
    url: fc.webPath().map((path) => `/${path}`),
    headers,
    body,
    more: fc.record({
      began: fc.double({ min: 0, max: 1e6, noNaN: true }),
      at: fc.integer({ min: 0, max: 2e12 }),
      id: fc.integer({ min: 1 }),
      refused: optional(text),
      rejection: optional(
        fc.record({
          code: fc.constant('request-breaks-description' as const),
          violations: fc.array(violation, { maxLength: 3 }),
        }),
      ),
      planned: optional(planned),
      behaved: optional(text),
      changes: fc.array(fc.record({ collection: text, id: text, before: document, after: document }), {
        maxLength: 2,
      }),
      reply: optional(reply),
      cut: optional(fc.record({ request: fc.nat(), reply: fc.nat() }, { requiredKeys: [] })),
    }),
    took: optional(fc.double({ min: 0, max: 1e6, noNaN: true })),
  })
  .map(({ took, more, ...rest }): Trail => {
    const trail = call({ ...rest, more })
    trail.ended = took === undefined ? undefined : trail.began + took
    return trail
  })

/** Of unknown requests of one path each part would tell the reason of its first. */
const documented = trails.filter(({ operationId }) => operationId !== undefined)

void t.test('calls that were written and read tell the same, and count as the same', async (t) => {
  const { teller } = journals()
  fc.assert(
    fc.property(fc.array(fc.tuple(trails, fc.boolean()), { minLength: 1, maxLength: 5 }), (made) => {
      // Some got the reply of the first, as documented ones are shared.
      const [[first] = []] = made
      const written = made.map(([trail, shares], index): Trail => {
        return Object.assign(trail, { id: 7 + index }, shares && { reply: first?.reply })
      })
      const copies = readTrails(7, writeTrails(written))
      const told = (all: readonly Trail[]): string => stringifyExact(all.map((one) => teller.entry(one)))
      const counted = (all: readonly Trail[]): string => {
        const tally = new Tally(10)
        for (const one of all) tally.count(one)
        return JSON.stringify(countsOf(tally, 10))
      }
      return told(copies) === told(written) && counted(copies) === counted(written)
    }),
    { seed: 7 },
  )
  t.pass()
})

void t.test('a tally is the sum of those whose numbers were added', async (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(documented, fc.integer({ min: 0, max: 2 })), { maxLength: 20 }),
      (calls) => {
        const whole = new Tally(1000)
        const parts = [0, 1, 2].map(() => new Tally(1000))
        for (const [trail, at] of calls) {
          whole.count(trail)
          parts[at]?.count(trail)
        }
        const sums = new Map<string, number>()
        for (const { field, times } of parts.flatMap((one) => countsOf(one, 1000))) {
          sums.set(field, (sums.get(field) ?? 0) + times)
        }
        const told = (tally: Tally): string =>
          JSON.stringify(
            countsOf(tally, 1000)
              .map(({ field, times }) => `${field} ${times}`)
              .toSorted(),
          )
        return told(tallyOf(sums, 1000)) === told(whole)
      },
    ),
    { seed: 7 },
  )
  t.pass()
})
