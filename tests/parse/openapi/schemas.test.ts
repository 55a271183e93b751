import t from 'tap'
import * as fc from 'fast-check'
import { locateRef } from '../../../src/operation/locate.js'
import { cases, user } from './schema-cases.js'
import { compiler, operation, readFiles, readValue, replySchema, withSchema } from './helper.js'

for (const { what, version, schema, components, valid, invalid, rules = [] } of cases) {
  void t.test(`${version}: ${what}`, (t) => {
    const description = readValue(withSchema(version, schema, components))
    t.strictSame(description.findings.map(({ rule }) => rule).toSorted(), rules)
    const validate = compiler(description)(replySchema(description))
    for (const value of valid) t.ok(validate(value), `${JSON.stringify(value)} is valid`)
    for (const value of invalid) t.notOk(validate(value), `${JSON.stringify(value)} is not valid`)
    t.end()
  })
}

void t.test('a document may hold what is no schema', (t) => {
  const document = {
    ...withSchema('3.1.0', { $ref: '#/components/schemas/User' }, user),
    'x-anything': { $anchor: '!!', $id: 'x', type: 'nonsense' },
    id: 'urn:example',
  }
  const validate = compiler(readValue(document))
  t.ok(validate(replySchema(readValue(document)))({ id: 1 }))
  t.end()
})

void t.test('references name the line of the node they lead to', (t) => {
  const description = readFiles({
    'docs/api.yaml': [
      'openapi: 3.0.3',
      'info: { title: A, version: "1" }',
      'paths:',
      '  /:',
      '    get:',
      '      operationId: get',
      '      responses:',
      '        200:',
      '          content:',
      '            application/json:',
      '              schema: { $ref: "#/components/schemas/User" }',
      'components:',
      '  schemas:',
      '    User:',
      '      type: object',
      '      properties:',
      '        name:',
      '          nullable: true',
      '          allOf:',
      '            - maxLength: 3',
    ].join('\n'),
  })
  const ref: unknown = replySchema(description)['$ref']
  t.equal(ref, 'standin:///docs/api.yaml#/components/schemas/User')
  t.strictSame(locateRef(description.documents, String(ref)), { file: 'docs/api.yaml', line: 14 })
  const lines = [
    '/properties/name',
    '/properties/name/anyOf/0/allOf/0/maxLength',
    '/missing/properties/name',
  ].map((pointer) => locateRef(description.documents, `${String(ref)}${pointer}`)?.line)
  t.strictSame(lines, [17, 20, 17])
  t.equal(operation(description, 'get').source.line, 5)
  t.equal(locateRef(description.documents, 'standin:///other.yaml#/x'), undefined)
  t.end()
})

const encode = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))

void t.test('property: any names lead to their schema', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ minLength: 1 }), (name, path) => {
      fc.pre(name !== 'other')
      const document = withSchema(
        '3.1.0',
        { allOf: [{ $ref: `#/components/schemas/${encode(name)}` }] },
        {
          schemas: { other: { type: 'string' }, ['__proto__x']: {}, [name]: { type: 'integer' } },
        },
      )
      const description = readFiles({ [`${path.replaceAll('\\', '')}/a.json`]: JSON.stringify(document) })
      const validate = compiler(description)(replySchema(description))
      return validate(1) && !validate('a') && description.findings.length === 0
    }),
    { numRuns: 200, seed: 7 },
  )
  t.end()
})

void t.test('property: any schema can be compiled', (t) => {
  const keywords = ['type', 'enum', 'required', 'properties', 'items', 'minimum', 'pattern', 'nullable', 'allOf', '$ref',
    '$id', 'id', '$anchor', 'example', 'examples', 'exclusiveMinimum', 'discriminator', 'format', 'default', 'additionalProperties',
    'const', 'not', 'oneOf', 'dependentRequired', 'uniqueItems', '$defs', 'definitions', '$dynamicRef', 'if', 'then'] // prettier-ignore
  const { schema } = fc.letrec((tie) => ({
    schema: fc.dictionary(
      fc.constantFrom(...keywords),
      fc.oneof(
        { maxDepth: 3 },
        fc.jsonValue({ maxDepth: 2 }),
        tie('schema'),
        fc.array(tie('schema'), { maxLength: 2 }),
        fc.constantFrom('string', true, 3),
      ),
      { maxKeys: 5 },
    ),
  }))
  fc.assert(
    fc.property(schema, fc.constantFrom('3.0.3', '3.1.0'), (value, version) => {
      const description = readValue(withSchema(version, value))
      compiler(description)(replySchema(description))
    }),
    { numRuns: 500, seed: 7 },
  )
  t.end()
})

void t.test('a chain of references without end is cut', (t) => {
  const names = Array.from({ length: 20_000 }, (_name, index) => `S${index}`)
  const chain = names.map((name, index) => [
    name,
    { allOf: [{ $ref: `#/components/schemas/S${index + 1}` }] },
  ])
  const schemas: unknown = Object.fromEntries([...chain, ['S20000', {}]])
  const description = readValue(withSchema('3.0.3', { $ref: '#/components/schemas/S0' }, { schemas }))
  t.ok(description.findings.every(({ rule }) => rule === 'endless-reference'))
  t.end()
})

void t.test('no order of schemas leaves a circle in which a validator would not come to an end', (t) => {
  const all = (name: string) => ({ allOf: [{ $ref: `#/components/schemas/${name}` }] })
  const schemas: Record<string, object> = {
    Parent: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] },
    A: { ...all('Parent'), required: ['a'] },
    B: { ...all('Parent'), required: ['b'] },
    C: { anyOf: [all('A'), { not: all('C') }] },
    D: { type: 'object', allOf: [{ $ref: '#/components/schemas/D' }, all('D')] },
  }
  for (const first of Object.keys(schemas)) {
    for (const second of Object.keys(schemas)) {
      const names = [...new Set([first, second, ...Object.keys(schemas)])]
      const description = readValue({
        ...withSchema('3.1.0', { $ref: `#/components/schemas/${second}` }),
        components: { schemas: Object.fromEntries(names.map((name) => [name, schemas[name]])) },
      })
      const validate = compiler(description)(replySchema(description))
      t.doesNotThrow(() => validate({ a: 1 }), names.join())
      t.doesNotThrow(() => JSON.stringify(description.documents), 'and none that is written within itself')
    }
  }
  t.end()
})
