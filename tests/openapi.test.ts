import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { onboarding } from '../src/apis/onboarding/index.js'
import { formatSource } from '../src/operation/source.js'
import { objectOf, standinFor } from './serve/helper.js'

const committed = readFileSync('openapi/onboarding.json', 'utf8')

void t.test('the committed document is the one that is printed and served', async (t) => {
  const standin = await standinFor(t)
  t.equal(await standin.openapi(), committed, 'stale: npm run generate writes it anew')
  for (const url of ['/openapi.json', '/_standin/openapi.json']) {
    const reply = await standin.inject(url)
    t.equal(reply.headers['content-type'], 'application/json; charset=utf-8')
    t.equal(reply.body, committed)
  }
})

void t.test('it is valid OpenAPI 3.1, by a validator that is not ours', async (t) => {
  const validator = new Validator()
  const result = await validator.validate(objectOf(JSON.parse(committed)))
  t.strictSame(result, { valid: true })
  t.equal(validator.version, '3.1')
  const broken = await new Validator().validate({ ...objectOf(JSON.parse(committed)), paths: [] })
  t.equal(broken.valid, false, 'and it does find faults')
})

void t.test('operations, examples, origins and what is undocumented are in it', async (t) => {
  const document: {
    paths: Record<string, Record<string, { operationId: string; 'x-source': string; responses: object }>>
  } = JSON.parse(committed)
  for (const operation of onboarding.description.operations) {
    const found = document.paths[operation.path]?.[operation.method.toLowerCase()]
    t.equal(found?.operationId, operation.operationId)
    t.equal(found?.['x-source'], formatSource(operation.source))
    for (const { status, content, undocumentedBody } of operation.responses) {
      const response = objectOf(objectOf(found?.responses)[status])
      t.equal(response['x-undocumented'], undocumentedBody)
      for (const { mediaType, examples } of content) {
        const shown = objectOf(objectOf(objectOf(response['content'])[mediaType])['examples'])
        for (const { name, text, source } of examples) {
          t.match(shown[name], { value: JSON.parse(text), 'x-source': formatSource(source) })
        }
      }
    }
  }
  t.notMatch(committed, /"\/(work|home|tmp)\//, 'no path of the machine that wrote it')
})
