import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { uniqueItems } from '../../../src/respond/schema/unique-items.js'

const own = new Ajv2020().removeKeyword('uniqueItems').addKeyword(uniqueItems)

for (const [items, message] of [
  ['[]', undefined],
  ['[1, "1", true, null]', undefined],
  ['[1, 2, 1.0]', 'must NOT have duplicate items (items ## 0 and 2 are identical)'],
  ['[{ "a": 1 }, { "a": 2 }]', undefined],
  [
    '[0, { "a": 1, "b": [] }, { "b": [], "a": 1 }]',
    'must NOT have duplicate items (items ## 1 and 2 are identical)',
  ],
  ['[{ "valueOf": 1 }, { "valueOf": 2 }]', undefined],
  [
    '[{ "toString": 1 }, { "toString": 1 }]',
    'must NOT have duplicate items (items ## 0 and 1 are identical)',
  ],
] as const) {
  void t.test(items, (t) => {
    const value: unknown = JSON.parse(items)
    const validate = own.compile({ type: 'array', uniqueItems: true })
    t.equal(validate(value), message === undefined)
    t.equal(validate.errors?.[0]?.message, message)
    t.ok(own.compile({ uniqueItems: false })(value), 'nothing asked')
    t.end()
  })
}
