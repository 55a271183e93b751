import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { packageVersion } from '../../../src/package.js'
import { standinFor } from '../helper.js'
import { ask } from './helper.js'

void t.test('the document of the control API is valid, served, and the one that is committed', async (t) => {
  const standin = await standinFor(t)
  const { json } = await ask(standin, 'GET', '/openapi.json')
  t.strictSame(
    json,
    JSON.parse(readFileSync('openapi/control.openapi.json', 'utf8')),
    'npm run generate writes it',
  )
  const { valid, errors } = await new Validator().validate(structuredClone(json))
  t.ok(valid, JSON.stringify(errors))
  const operations = Object.values(
    json['paths'] as Record<string, Record<string, { operationId?: string }>>,
  ).flatMap((item) => Object.values(item))
  t.ok(operations.length > 25)
  const ids = operations.map(({ operationId }) => operationId)
  t.notOk(ids.includes(undefined), 'each has a name')
  t.equal(new Set(ids).size, ids.length, 'of its own')
})

void t.test('the beginning says what this is', async (t) => {
  const standin = await standinFor(t)
  const { json } = await ask(standin, 'GET', '')
  t.match(json, {
    version: packageVersion,
    title: 'Onboarding API',
    operations: 6,
    sessions: 1,
    store: 'memory',
    token: false,
  })
  t.match(json['description'], /^[0-9a-f]{64}$/)
  const links = json['links'] as Record<string, string>
  for (const [name, link] of Object.entries(links)) {
    const { statusCode } = await standin.inject(link)
    t.ok(statusCode === 200 || (name === 'tokens' && statusCode === 405), `${name}: ${statusCode}`)
  }
})

void t.test('what is not there, and methods that are not taken', async (t) => {
  const standin = await standinFor(t)
  t.match(await ask(standin, 'GET', '/override'), { status: 404, json: { code: 'unknown-control-path' } })
  t.match(await ask(standin, 'DELETE', '/tokens'), { status: 405, headers: { allow: /POST/ } })
  t.match(await ask(standin, 'GET', '/overrides?session=.a'), { status: 400, json: { code: 'bad-session' } })
})
