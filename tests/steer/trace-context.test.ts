import t from 'tap'
import { assert, property, stringMatching } from 'fast-check'
import { traceParentOf, traceStateOf } from '../../src/steer/trace-context.js'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'

void t.test('traceparent', (t) => {
  const good = { traceId: TRACE, parentId: SPAN }
  const cases: [string, object | undefined][] = [
    [`00-${TRACE}-${SPAN}-01`, { ...good, flags: '01' }],
    [`  00-${TRACE}-${SPAN}-00 `, { ...good, flags: '00' }],
    [`cc-${TRACE}-${SPAN}-01`, { ...good, flags: '01' }],
    [`cc-${TRACE}-${SPAN}-01-what-the-future-will-be`, { ...good, flags: '01' }],
    [`cc-${TRACE}-${SPAN}-01.what`, undefined],
    [`00-${TRACE}-${SPAN}-01-more`, undefined],
    [`00-${TRACE}-${SPAN}-01-`, undefined],
    [`ff-${TRACE}-${SPAN}-01`, undefined],
    [`00-${'0'.repeat(32)}-${SPAN}-01`, undefined],
    [`00-${TRACE}-${'0'.repeat(16)}-01`, undefined],
    [`00-${TRACE.toUpperCase()}-${SPAN}-01`, undefined],
    [`00-${TRACE}-${SPAN}`, undefined],
    [`00-${TRACE}-${SPAN}-1`, undefined],
    [`00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`, undefined],
    ['', undefined],
  ]
  for (const [traceparent, expected] of cases)
    t.strictSame(traceParentOf({ traceparent }), expected, traceparent)
  t.equal(traceParentOf({}), undefined)
  t.end()
})

void t.test('tracestate', (t) => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `k${index}=v`).join(',')
  const cases: [string | undefined, string | undefined][] = [
    ['a=1,b=2', 'a=1,b=2'],
    [' a=1 ,\tb=2,, ', 'a=1,b=2'],
    ['1tenant@sys=x', '1tenant@sys=x'],
    ['a_-*/=x y', 'a_-*/=x y'],
    [many(32), many(32)],
    [many(33), undefined],
    ['a=1,a=2', undefined],
    ['A=1', undefined],
    ['a=', undefined],
    ['a=1=2', undefined],
    ['a', undefined],
    ['a=\u00e9', undefined],
    [`a=${'x'.repeat(256)}`, `a=${'x'.repeat(256)}`],
    [`a=${'x'.repeat(257)}`, undefined],
    [' , ', undefined],
    [undefined, undefined],
  ]
  for (const [tracestate, expected] of cases)
    t.equal(traceStateOf(tracestate === undefined ? {} : { tracestate }), expected, tracestate ?? 'none')
  t.end()
})

void t.test('what is read is of the right form, whatever came', (t) => {
  assert(
    property(stringMatching(/^[\da-f-]{40,70}$/), (traceparent) => {
      const trace = traceParentOf({ traceparent })
      return trace === undefined || /^[\da-f]{32} [\da-f]{16}$/.test(`${trace.traceId} ${trace.parentId}`)
    }),
    { seed: 7 },
  )
  t.end()
})
