import t from 'tap'
import { isObject } from '../../src/operation/json-object.js'
import { parseExact } from '../../src/operation/json.js'

const cases: [json: string, object: boolean][] = [
  ['{}', true],
  ['{"__proto__":1}', true],
  ['[]', false],
  ['14.0', false],
  ['"text"', false],
  ['true', false],
  ['null', false],
]

void t.test('an object is no list and no number', async (t) => {
  for (const [json, object] of cases) t.equal(isObject(parseExact(json)), object, json)
  t.equal(isObject(undefined), false)
})
