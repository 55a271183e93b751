import { assert, jsonValue, property } from 'fast-check'
import t from 'tap'
import { equal } from '../../src/operation/equal.js'
import { parseExact, stringifyExact } from '../../src/operation/json.js'

void t.test('values are equal by what they mean', (t) => {
  for (const [one, other, same] of [
    ['1', '1.0', true],
    ['1', '"1"', false],
    ['14.0', '14', true],
    ['9007199254740993', '9007199254740993', true],
    ['9007199254740993', '9007199254740992', false],
    ['0.1', '0.10', true],
    ['1e400', '1', false],
    ['null', '{}', false],
    ['[]', '{}', false],
    ['[1,2]', '[2,1]', false],
    ['{"a":1,"b":2}', '{"b":2,"a":1}', true],
    ['{"a":1}', '{"a":1,"b":null}', false],
    ['{"valueOf":1}', '{"valueOf":1}', true],
    ['{"valueOf":1}', '{"valueOf":2}', false],
    ['{"toString":"a"}', '{"toString":"a"}', true],
    ['{"constructor":{}}', '{"constructor":{}}', true],
    ['{"__proto__":1}', '{"__proto__":1}', true],
    ['{"__proto__":1}', '{}', false],
    ['{"hasOwnProperty":1}', '{"a":1}', false],
  ] as const) {
    t.equal(equal(parseExact(one), parseExact(other)), same, `${one} and ${other}`)
    t.equal(equal(parseExact(other), parseExact(one)), same, `${other} and ${one}`)
  }
  t.end()
})

void t.test('each value equals what is read of its text', (t) => {
  assert(
    property(jsonValue(), (value) => equal(value, parseExact(stringifyExact(value)))),
    { seed: 7 },
  )
  t.end()
})
