import * as fc from 'fast-check'
import t from 'tap'
import { JsonSyntaxError, parseExact, stringifyExact, toPlain } from '../../src/operation/json.js'

void t.test('digits come out as they went in', (t) => {
  for (const text of ['14.0', '-0', '1E400', '12345678901234567890', '{"a":[1.10,2e-7]}']) {
    t.equal(stringifyExact(parseExact(text)), text)
  }
  t.end()
})

void t.test('agrees with JSON.parse and JSON.stringify on every value', (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      t.same(toPlain(parseExact(text)), JSON.parse(text))
      if (stringifyExact(JSON.parse(text), indent) !== text) throw new Error('stringify differs')
      if (!/"(?:0|[1-9]\d*)":/.test(text) && stringifyExact(parseExact(text), indent) !== text)
        throw new Error(text)
    }),
    { numRuns: 200, seed: 7 },
  )
  t.end()
})

void t.test('accepts and refuses what JSON.parse does', (t) => {
  const piece = fc.constantFrom(...'{}[],:"\\ \n0123456789-+.eEtruefalsn/ux'.split(''), 'null', '"a"', '1')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('')
      let expected: unknown
      try {
        expected = JSON.parse(text)
      } catch {
        t.throws(() => parseExact(text), JsonSyntaxError)
        return
      }
      t.same(toPlain(parseExact(text)), expected)
    }),
    { numRuns: 1000, seed: 7 },
  )
  t.end()
})

void t.test('says where the text stops being JSON', (t) => {
  const cases: [text: string, message: RegExp][] = [
    ['', /line 1, column 1: expected a JSON value, the text ends/],
    ['{\n  "a": 1,\n}', /line 3, column 1: expected a member name in double quotes/],
    ['[1 2]', /line 1, column 4: expected "," or "\]"/],
    ['{"a" 1}', /column 6: expected ":"/],
    ['"a\tb"', /column 3: expected an escape/],
    ['"\\q"', /escapes of JSON only/],
    ['"abc', /closing quote/],
    ['{} x', /the end of the text, found "x"/],
  ]
  for (const [text, message] of cases) t.throws(() => parseExact(text), { message })
  t.end()
})

void t.test('member names have no power over the object', (t) => {
  const value = parseExact('{"__proto__":{"polluted":1},"constructor":2}')
  t.same(Object.keys(Object(value)), ['__proto__', 'constructor'])
  t.equal(Object.getPrototypeOf(value), Object.prototype)
  t.equal(stringifyExact(value), '{"__proto__":{"polluted":1},"constructor":2}')
  t.equal(JSON.stringify(toPlain(value)), '{"__proto__":{"polluted":1},"constructor":2}')
  t.notOk('polluted' in Object(value))
  t.end()
})

void t.test('the last of several members with one name holds', (t) => {
  t.equal(stringifyExact(parseExact('{"a":1,"b":2,"a":{"c":3}}')), '{"a":{"c":3},"b":2}')
  t.end()
})

void t.test('depth is no limit', (t) => {
  const depth = 100_000
  const text = `${'[{"a":'.repeat(depth)}14.0${'}]'.repeat(depth)}`
  t.equal(stringifyExact(parseExact(text)), text)
  t.equal(stringifyExact(toPlain(parseExact(text))), text.replace('14.0', '14'))
  t.throws(() => parseExact('['.repeat(depth)), JsonSyntaxError)
  t.end()
})

void t.test('values that are not JSON', (t) => {
  t.throws(() => stringifyExact(undefined), { message: 'The value has no JSON form' })
  t.equal(
    stringifyExact({ a: undefined, b: [undefined], c: new Date(0), d: 3n }),
    '{"b":[null],"c":"1970-01-01T00:00:00.000Z","d":3}',
  )
  const circular: unknown[] = []
  circular.push(circular)
  t.throws(() => stringifyExact(circular), { message: /contains itself/ })
  t.end()
})
