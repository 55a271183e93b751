import * as fc from 'fast-check'
import type { ApiDescription, SecurityScheme } from '../../../src/operation/description.js'
import type { Finding } from '../../../src/operation/finding.js'
import type {
  Example,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  Response,
} from '../../../src/operation/operation.js'
import type { SourceLocation } from '../../../src/operation/source.js'

/** What is likeliest to break out of a literal, an identifier, a comment or a module. */
const HOSTILE = [
  "it's",
  '"quoted"',
  'it\'s "both"',
  '`${process.exit(1)}`',
  '*/ process.exit(1) /*',
  '</script>',
  '\u2028line\u2029separators',
  'back\\slash \\u0041 \\',
  'tab\tnew\nline\r',
  '__proto__',
  'constructor',
  'class',
  'default',
  'Type',
  'operation',
  'source',
  '\u202Ereversed',
  '日本語の説明',
  '',
  ' ',
  '1',
  '-0',
  '#',
  '\0',
  'half \uD800 a pair',
]
const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 30 }), fc.lorem())

const source: fc.Arbitrary<SourceLocation> = fc.record({
  file: fc.constantFrom('docs/a.md', 'docs/sub/a.md', 'docs/README.md', "docs/it's.md", 'index.md'),
  line: fc.integer({ min: 1, max: 5000 }),
})
const optional = <Value>(key: string, value: fc.Arbitrary<Value>) =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [key]: given }))

const annotations = fc
  .tuple(
    optional('description', text),
    optional('title', text),
    optional('default', fc.jsonValue()),
    optional(
      'x-source',
      source.map(({ file, line }) => `${file}:${line}`),
    ),
    optional('x-note', fc.jsonValue()),
  )
  .map((parts) => Object.assign({}, ...parts))

/** JSON Schemas of every form, some of which no builder makes and some of which are wrong. */
const { schema } = fc.letrec((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    annotations,
    fc
      .tuple(
        annotations,
        fc.constantFrom(
          { type: 'string' },
          { type: 'string', pattern: '^[\'"`]\\d${4}$', minLength: 1 },
          { type: 'integer', minimum: 0, maximum: 1e21 },
          { type: 'number', multipleOf: 1e-7 },
          { type: 'boolean' },
          { type: 'null' },
          { type: ['string', 'null'] },
          { type: 'string', enum: ['a', "it's", '`'] },
          { enum: [1, null, true, -1.5] },
          { const: 'x', type: 'string' },
          { const: { a: [1] } },
          { type: 'object' },
          { type: 'object', required: ['missing'] },
          { type: 'array' },
          { $ref: 'standin:///docs/unknown.yaml#/components/schemas/Gone' },
          { type: 'string', description: 5, minLength: 'three' },
          { properties: { a: true } },
          { if: { const: 1 }, else: false },
        ),
      )
      .map(([facts, form]) => ({ ...facts, ...form })),
    fc.tuple(annotations, tie('schema')).map(([facts, items]) => ({ ...facts, type: 'array', items })),
    fc
      .tuple(
        annotations,
        fc.array(tie('schema'), { maxLength: 3 }),
        fc.constantFrom('anyOf', 'oneOf', 'allOf'),
      )
      .map(([facts, list, key]) => ({ ...facts, [key]: list })),
    fc.tuple(annotations, tie('schema')).map(([facts, not]) => ({ ...facts, not })),
    fc.tuple(annotations, tie('schema')).map(([facts, value]) => ({
      ...facts,
      type: 'object',
      patternProperties: { '^(.*)$': value },
    })),
    fc
      .tuple(
        annotations,
        fc.dictionary(text, tie('schema'), { maxKeys: 4 }),
        fc.boolean(),
        optional('additionalProperties', fc.oneof(fc.boolean(), tie('schema'))),
      )
      .map(([facts, properties, all, more]) => ({
        ...facts,
        type: 'object',
        ...(all && { required: Object.keys(properties) }),
        properties,
        ...more,
      })),
  ),
}))
const anySchema = fc.oneof({ weight: 20, arbitrary: schema }, { weight: 1, arbitrary: fc.boolean() })

const examples = (mediaType: string): fc.Arbitrary<Example[]> =>
  fc.uniqueArray(
    fc
      .tuple(
        fc.record({
          name: text,
          text: jsonOr(mediaType),
          source,
          repairs: fc.constant<Example['repairs']>([]),
        }),
        fc.constantFrom('documented', 'repaired', 'edited' as const),
        optional('summary', text),
      )
      .map(([facts, origin, summary]): Example => ({ ...facts, mediaType, origin, ...summary })),
    { selector: ({ name }) => name, maxLength: 3 },
  )
const jsonOr = (mediaType: string): fc.Arbitrary<string> =>
  mediaType === 'application/json'
    ? fc.oneof(
        fc.json(),
        fc.constantFrom('{"n":14.0}', '{"n":12345678901234567890}', '{"a":1,"a":2}', '"\\u0041"', 'not json'),
      )
    : text

const content: fc.Arbitrary<MediaType[]> = fc
  .subarray(['application/json', 'text/plain', 'application/xml'])
  .chain((types) =>
    fc.tuple(
      ...types.map((mediaType) =>
        fc
          .tuple(
            optional('schema', anySchema),
            examples(mediaType),
            optional('encoding', fc.constant({ a: { style: 'form' } })),
          )
          .map(([schema, examples, encoding]) => ({ mediaType, ...schema, examples, ...encoding })),
      ),
    ),
  )

const parameter = (places: readonly Parameter['in'][]): fc.Arbitrary<Parameter> =>
  fc
    .tuple(
      fc.record({ in: fc.constantFrom(...places), name: text, schema: anySchema, source }),
      optional('required', fc.boolean()),
      optional('description', text),
      optional('typeText', text),
      optional('example', text),
      optional('explode', fc.boolean()),
    )
    .map((parts) => Object.assign({}, ...parts))

const requestBody: fc.Arbitrary<RequestBody> = fc
  .tuple(
    fc.record({ content, source }),
    optional('required', fc.boolean()),
    optional('description', text),
    optional('parameters', fc.array(parameter(['body']), { maxLength: 3 })),
  )
  .map((parts) => Object.assign({}, ...parts))

const response: fc.Arbitrary<Response> = fc
  .tuple(
    fc.record({
      status: fc.constantFrom('200', '201', '4XX', 'default'),
      headers: fc.array(fc.record({ name: text, schema: anySchema }), { maxLength: 2 }),
      content,
      source,
    }),
    optional('description', text),
    optional('undocumentedBody', text),
  )
  .map((parts) => Object.assign({}, ...parts))

const operation: fc.Arbitrary<Operation> = fc
  .tuple(
    fc.record({
      operationId: text,
      method: fc.constantFrom('GET', 'POST', 'DELETE' as const),
      path: text.map((path) => `/${path}`),
      parameters: fc.array(parameter(['path', 'query', 'header', 'cookie']), { maxLength: 4 }),
      responses: fc.uniqueArray(response, { selector: ({ status }) => status, maxLength: 3 }),
      resultCodes: fc.array(fc.record({ code: text, source }), { maxLength: 2 }),
      links: fc.array(fc.record({ text, href: text, source }), { maxLength: 2 }),
      source,
      sources: fc.array(source, { maxLength: 2 }),
    }),
    optional('summary', text),
    optional('tags', fc.array(text, { maxLength: 2 })),
    optional('deprecated', fc.boolean()),
    optional('requestBody', requestBody),
    optional(
      'security',
      fc.array(fc.dictionary(text, fc.array(text, { maxLength: 1 }), { maxKeys: 2 }), { maxLength: 2 }),
    ),
  )
  .map((parts) => Object.assign({}, ...parts))

const finding: fc.Arbitrary<Finding> = fc.record({
  rule: text,
  severity: fc.constantFrom('error', 'warning', 'info' as const),
  message: text,
  source,
})

const scheme = fc
  .tuple(
    fc.record({ type: fc.constantFrom('apiKey', 'http' as const) }),
    optional('name', text),
    optional('rest', fc.dictionary(text, fc.jsonValue(), { maxKeys: 2 })),
    optional('source', source),
  )
  .map((parts): SecurityScheme => Object.assign({}, ...parts))

/** Any description that the model allows, with texts that try to break out of what is written. */
export const description: fc.Arbitrary<ApiDescription> = fc
  .tuple(
    fc.record({
      title: text,
      operations: fc
        .uniqueArray(operation, { selector: ({ operationId }) => operationId, maxLength: 4 })
        .map((all) => all.map((one, i) => ({ ...one, path: `${one.path.replaceAll(/[{}]/g, '')}/${i}` }))),
      securitySchemes: fc.dictionary(text, scheme, { maxKeys: 2 }),
      documents: fc.constant({}),
      findings: fc.array(finding, { maxLength: 3 }),
    }),
    optional('version', text),
    optional('summary', text),
  )
  .map((parts) => Object.assign({}, ...parts))
