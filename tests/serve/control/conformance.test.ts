import { Ajv2020 } from 'ajv/dist/2020.js'
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { objectOf, standinFor } from '../helper.js'
import { ask } from './helper.js'

type Call = readonly [method: NonNullable<InjectOptions['method']>, path: string, body?: unknown]

const calls: readonly Call[] = [
  ['GET', '/'],
  ['GET', '/openapi.json'],
  ['GET', '/operations'],
  ['GET', '/operations/resetPin'],
  ['GET', '/operations/nope'],
  [
    'POST',
    '/overrides',
    { id: 'o', operationId: 'resetPin', sequence: [{ status: 401, delay: { min: 1, max: 2 } }] },
  ],
  [
    'PUT',
    '/overrides/o',
    { fault: { type: 'slow-drip', overMs: 5 }, when: { body: { '/a': { present: true } } } },
  ],
  ['GET', '/overrides'],
  ['GET', '/overrides/o'],
  ['DELETE', '/overrides/o'],
  ['DELETE', '/overrides'],
  ['POST', '/overrides', '{'],
  ['GET', '/scenarios'],
  ['GET', '/scenarios/nope'],
  ['GET', '/scenario'],
  ['PUT', '/scenario', { name: 'nope' }],
  ['DELETE', '/scenario'],
  ['PUT', '/state/notes/1', { text: 'hello' }],
  ['GET', '/state'],
  ['GET', '/state/notes/1'],
  ['PATCH', '/state', { notes: { 2: {} } }],
  ['PUT', '/state', { notes: {} }],
  ['DELETE', '/state/notes/1'],
  ['PUT', '/snapshots/s'],
  ['GET', '/snapshots'],
  ['POST', '/snapshots/s/restore'],
  ['DELETE', '/snapshots/s'],
  ['POST', '/state/reset'],
  ['POST', '/tokens', { account: 100 }],
  ['POST', '/tokens', {}],
  ['POST', '/sessions', { name: 'w1' }],
  ['POST', '/sessions', { name: 'w1' }],
  ['GET', '/sessions'],
  ['GET', '/sessions/w1'],
  ['DELETE', '/sessions/w1'],
  ['GET', '/replicas'],
  ['GET', '/journal'],
  ['GET', '/journal/1'],
  ['GET', '/journal/1/curl'],
  ['GET', '/journal.har'],
  ['POST', '/journal/verify', { match: { status: 499 } }],
  ['POST', '/journal/wait', { match: {} }],
  ['POST', '/journal/wait', { match: { status: 499 }, timeout: 1 }],
  ['GET', '/coverage'],
  ['GET', '/coverage?format=text'],
  ['GET', '/findings'],
  ['DELETE', '/journal'],
  ['POST', '/reset'],
]

void t.test('every reply is as the document of the control API says', async (t) => {
  const standin = await standinFor(t)
  const document = (await ask(standin, 'GET', '/openapi.json')).json
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema(document, 'document')
  const asked = new Set<string>()
  await standin.inject({ method: 'POST', url: '/onboarding/user/resetPin/v1', payload: '{"pin":1}' })
  await standin.inject('/nowhere')
  for (const [method, path, body] of calls) {
    const { status, headers, ...reply } = await ask(standin, method, path, body)
    const name = `${method} ${path} ${status}`
    const paths = objectOf(document['paths'])
    const template = templateOf(`/_standin/v1${path.split('?', 1)[0]}`, Object.keys(paths))
    const operation = objectOf(objectOf(paths[template])[method.toLowerCase()])
    asked.add(String(operation['operationId']))
    const responses = objectOf(operation['responses'])
    const key = String(status) in responses ? String(status) : 'default'
    t.ok(key !== 'default' || status >= 400, `${name}: the status is documented`)
    const { content } = objectOf(responses[key])
    if (content === undefined || content === null) {
      t.equal(reply.body, '', `${name}: no body`)
      continue
    }
    const type = String(headers['content-type']).split(';', 1)[0] ?? ''
    if (!t.hasProp(content, type, `${name}: ${type} is documented`) || !type.includes('json')) continue
    const place = ['paths', template, method.toLowerCase(), 'responses', key, 'content', type, 'schema']
    const validate = ajv.compile({ $ref: `document#/${place.map(token).join('/')}` })
    t.ok(validate(reply.json), `${name}: ${ajv.errorsText(validate.errors)}`)
  }
  const all = Object.values(objectOf(document['paths'])).flatMap((item) =>
    Object.values(objectOf(item)).map((one) => String(objectOf(one)['operationId'])),
  )
  t.strictSame(
    all.filter((id) => !asked.has(id)),
    ['streamCalls'],
    'all but the stream, which has no end',
  )
})

const token = (text: string): string => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'))

/** Of the templates that a path fits, the one that says most of it. */
function templateOf(path: string, templates: readonly string[]): string {
  const fitting = templates.filter((one) =>
    new RegExp(`^${one.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
  )
  const [found] = fitting.toSorted((a, b) => a.split('{').length - b.split('{').length)
  if (found === undefined) throw new Error(`The document has nothing for ${path}`)
  return found
}
