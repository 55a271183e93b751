import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { inspect, type InspectParts } from '../../src/emit/inspect.js'
import type { ApiDescription } from '../../src/operation/description.js'
import { stringifyExact } from '../../src/operation/json.js'
import { readSource } from '../../src/parse/source.js'
import { SampleValues } from '../../src/respond/samples/sample-values.js'
import { Validation } from '../../src/respond/validation.js'
import { publishedSchemas } from '../schemas.js'

void t.test('the published schemas are those of the code (node scripts/schemas.js writes them)', (t) => {
  for (const [name, text] of publishedSchemas())
    t.equal(readFileSync(`docs/schemas/${name}.json`, 'utf8'), text, name)
  t.end()
})

const schema: object = JSON.parse(readFileSync('docs/schemas/inspect.json', 'utf8'))
const validate = new Ajv2020({ strict: false }).compile(schema)

const partsOf = (exampleOf: InspectParts['exampleOf']): InspectParts => ({
  exampleOf,
  resources: [
    {
      collection: 'a',
      path: '/a',
      id: 'id',
      operations: [{ operationId: 'b', action: 'list', by: 'config' }],
    },
  ],
  onlyReplayed: ['c'],
})

const report = (description: ApiDescription): unknown => {
  const values = new SampleValues(description, new Validation(description.documents))
  return JSON.parse(
    stringifyExact(
      inspect(
        description,
        partsOf((parameter) => values.of(parameter).value),
      ),
    ),
  )
}

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

const parameter = (attributes: string, text = ''): string =>
  `{% swagger-parameter ${attributes} %}\n${text}\n{% endswagger-parameter %}\n`

const documents = [
  ...readdirSync('fixtures/parser').map((name) => `fixtures/parser/${name}/page.md`),
  'fixtures/openapi-cases/library-3.1.yaml',
  'fixtures/openapi-cases/pets-2.0.json',
  'fixtures/openapi-cases/many-files/api.yaml',
  'fixtures/postman-cases/shop-2.1.json',
]

void t.test('every report is valid against the published schema', (t) => {
  for (const path of documents) {
    const description = readSource({ path, text: read(path) ?? '' }, { read })
    t.ok(validate(report(description)), `${path} ${JSON.stringify(validate.errors)}`)
  }
  t.ok(validate(report(onboarding.description)), JSON.stringify(validate.errors))
  t.end()
})

void t.test('the example of a parameter is one that the stand-in accepts', (t) => {
  const page = `{% swagger method="get" path="/a/{id}" baseUrl="" summary="" %}
${parameter('in="path" name="id" type="Integer"')}${parameter('in="query" name="sort" type="String"', 'One of `ASC`, `DESC`')}
${parameter('in="header" name="X-Count" type="Integer"', 'Count')}
{% endswagger %}
`
  const description = readSource({ path: 'a.md', text: page }, { read: () => undefined })
  const values = new SampleValues(description, new Validation({}))
  const { operations } = inspect(
    description,
    partsOf((one) => values.of(one).value),
  )
  const examples = new Map(operations[0]?.parameters.map(({ name, example }) => [name, example]))
  t.ok(Number.isInteger(examples.get('id')))
  t.ok(['ASC', 'DESC'].includes(String(examples.get('sort'))))
  t.ok(Number.isInteger(examples.get('X-Count')))
  t.end()
})
