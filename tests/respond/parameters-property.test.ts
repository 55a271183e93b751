import * as fc from 'fast-check'
import t from 'tap'
import type { ParameterPlace } from '../../src/operation/operation.js'
import { compileParameters } from '../../src/respond/parameters.js'
import { inputOf, parameter, valueOf } from './parameter-helper.js'

const text = fc.string({ unit: 'grapheme' })
const array = { type: 'array', items: { type: 'string' } }
const integer = { type: 'integer' }
const object = { type: 'object', properties: { R: integer, G: integer } }
const encode = (value: string): string => encodeURIComponent(value).replaceAll('.', '%2E')
const unchecked = () => () => undefined

void t.test('any strings come through every style that can carry them', async (t) => {
  const nonEmpty = fc.array(
    text.filter((value) => value !== ''),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(nonEmpty, (items) => {
      const encoded = items.map(encode)
      const forms: [ParameterPlace, string, boolean, string][] = [
        ['path', 'simple', false, encoded.join(',')],
        ['path', 'label', true, `.${encoded.join('.')}`],
        ['path', 'matrix', false, `;color=${encoded.join(',')}`],
        ['path', 'matrix', true, encoded.map((item) => `;color=${item}`).join('')],
        ['query', 'form', true, encoded.map((item) => `color=${item}`).join('&')],
        ['query', 'form', false, `color=${encoded.join(',')}`],
      ]
      for (const [place, style, explode, sent] of forms) {
        const check = compileParameters(
          [parameter(place, { style, explode, schema: array })],
          () => undefined,
          unchecked,
        )
        const result = check({ path: {}, query: '', headers: {}, ...inputOf(place, sent) })
        t.strictSame(valueOf(result), items)
      }
    }),
    { seed: 7 },
  )
})

void t.test('any query at all is answered', async (t) => {
  const schemas = fc.constantFrom({ type: 'string' }, integer, array, object, {
    oneOf: [integer, array, object],
  })
  const styles = fc.constantFrom('form', 'spaceDelimited', 'pipeDelimited', 'deepObject')
  const parts = fc.oneof(text, fc.constantFrom('color', '=', '&', '[', ']', '%', ',', 'R'))
  const queries = fc.array(parts).map((parts) => parts.join(''))
  fc.assert(
    fc.property(schemas, styles, fc.boolean(), queries, (schema, style, explode, query) => {
      const check = compileParameters(
        [parameter('query', { schema, style, explode })],
        () => undefined,
        unchecked,
      )
      t.ok(check({ path: {}, query, headers: {} }).violations.length <= 1)
    }),
    { seed: 7 },
  )
})
