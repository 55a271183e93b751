import t from 'tap'
import type { Operation } from '../../../src/operation/operation.js'
import { readSource } from '../../../src/parse/source.js'

const read = (text: string) => readSource({ path: 'page.md', text }, { read: () => undefined })

const block = (parts: string, method = 'post') =>
  `{% swagger method="${method}" path="/berths" baseUrl="" summary="Take a berth" %}\n${parts}\n{% endswagger %}\n`
const row = (place: string, name: string, more = '', text = '') =>
  `{% swagger-parameter in="${place}" name="${name}" ${more} %}\n${text}\n{% endswagger-parameter %}`
const sample = (json: string) =>
  `\n{% tabs %}\n{% tab title="Request sample" %}\n\`\`\`json\n${json}\n\`\`\`\n{% endtab %}\n{% endtabs %}\n`

const only = (text: string): Operation => {
  const [operation] = read(text).operations
  if (operation === undefined) throw new Error('No operation')
  return operation
}
const bodySchema = (text: string): Record<string, unknown> => {
  const schema: Record<string, unknown> = only(text).requestBody?.content[0]?.schema ?? {}
  return schema
}

await t.test('front matter describes the only operation, unless its block does', async (t) => {
  const front = '---\ndescription: >-\n  Takes a berth\n  for a night\n---\n\n# Berths\n\n'
  t.equal(only(front + block('')).description, 'Takes a berth for a night')
  const described = block('{% swagger-description %}\nOf the block\n{% endswagger-description %}')
  t.equal(only(front + described).description, 'Of the block')
  const two = read(front + block('') + block('', 'put')).operations
  t.strictSame(
    two.map(({ description }) => description),
    [undefined, undefined],
    'it is about the page, which has two',
  )
  for (const broken of ['description: [a', 'description: 7', '- a', 'description: ""', '%', '&a [*a, *a]'])
    t.equal(only(`---\n${broken}\n---\n${block('')}`).description, undefined, broken)
})

await t.test('links in parameters are links, and do not part their sentence', async (t) => {
  const operation = only(
    block(row('body', 'key', '', 'The key of the\n\n[harbour](harbour.md)\n\nor of the\n\n[pier](pier.md)')),
  )
  t.equal(operation.requestBody?.parameters?.[0]?.description, 'The key of the harbour or of the pier')
  t.strictSame(
    operation.links.map(({ href, source }) => `${href}:${source.line}`),
    ['harbour.md:5', 'pier.md:9'],
  )
  const apart = only(block(row('body', 'key', '', 'A key.\n\n[Harbour](harbour.md)\n\nAnother matter')))
  t.equal(apart.requestBody?.parameters?.[0]?.description, 'A key.\n\nHarbour\n\nAnother matter')
})

const rows = [
  row('body', 'ship', 'required="true"'),
  row('body', 'nights', 'type="Number"'),
  row('body', 'power', 'required="false"'),
].join('\n')

await t.test('a member of a request is required where its row says so, else where it has none', async (t) => {
  const json = '{"ship": "Anna", "nights": 2, "power": true, "flag": "NO"}'
  t.strictSame(bodySchema(block(rows) + sample(json))['required'], ['ship', 'flag'])
  t.strictSame(bodySchema(block(row('body', 'nights')) + sample('{"nights": 2}'))['required'], undefined)
  const reply = `{% swagger-response status="200: OK" %}\n\`\`\`json\n{"berth": 4}\n\`\`\`\n{% endswagger-response %}`
  const table = '\n## Response details\n\n| Field | Type |\n| --- | --- |\n| berth | Number |\n'
  const schema: Record<string, unknown> = only(block(reply) + table).responses[0]?.content[0]?.schema ?? {}
  t.strictSame(schema['required'], ['berth'], 'what every reply has is in every reply')
})

await t.test('a stated map is a map, unless the sample shows another', async (t) => {
  const map = block(row('body', 'extras', 'type="Map<String,String>"'))
  const stated = { '^(.*)$': { type: 'string' } }
  t.match(bodySchema(map + sample('{"extras": {"sail": "red"}}')), {
    properties: { extras: { patternProperties: stated } },
  })
  const contradicted = map + sample('{"extras": {"sail": 7}}')
  t.match(bodySchema(contradicted), { properties: { extras: { properties: { sail: { type: 'integer' } } } } })
  t.match(
    read(contradicted).findings.map(({ rule }) => rule),
    ['sample-contradicts-type'],
  )
})

const curl = (header: string, body: string) =>
  `\n\`\`\`\ncurl -X POST https://harbour.example/berths ${header} --data-raw '${body}'\n\`\`\`\n`
const types = (text: string) =>
  only(text).requestBody?.content.map(({ mediaType, schema, examples }) => [
    mediaType,
    schema !== undefined,
    examples.length,
  ])

const header = (type: string) => row('header', 'Content-Type', `type="${type}" required="true"`)

await t.test('Content-Type is the type of the body and no parameter', async (t) => {
  const json = sample('{"ship": "Anna"}')
  t.strictSame(only(block(header('application/json')) + json).parameters, [])
  const both = [
    ['application/json', true, 1],
    ['text/plain', true, 0],
  ]
  t.strictSame(types(block(header('text/plain')) + json), both)
  t.strictSame(types(block('') + json + curl("-H 'Content-Type: text/plain'", '{"ship": "Anna"}')), both)
  t.strictSame(types(block('') + json + curl('', '{"ship": "Anna"}')), [both[0]])
  t.strictSame(types(block(`${header('text/plain')}\n${rows}`)), [
    ['text/plain', true, 0],
    ['application/json', true, 0],
  ])
  t.strictSame(types(block(header('text/plain')) + curl('', 'Anna, two nights')), [['text/plain', false, 1]])
})

await t.test('a text that is no JSON is no example of a JSON body', async (t) => {
  const broken = '{\n"ship": "Anna",\nharbour-name\n"nights": 2\n}'
  const page = block(rows) + sample('{"ship": "Anna"}') + curl("-H 'Content-Type: text/plain'", broken)
  t.strictSame(types(page), [
    ['application/json', true, 1],
    ['text/plain', true, 0],
  ])
  const { findings } = read(page)
  t.strictSame(
    findings.filter(({ rule }) => rule === 'sample-unreadable').map(({ source }) => source.line),
    [page.split('\n').findIndex((line) => line.startsWith('harbour')) + 1],
    'told once',
  )
  const prose =
    block(rows) + sample('{"ship": "Anna"}') + curl("-H 'Content-Type: text/plain'", 'Anna, two nights')
  t.match(types(prose), [{}, ['text/plain', true, 0]])
  t.match(read(prose).findings, [{ rule: 'sample-unreadable', severity: 'error' }])
})

const secured = (name: string, more: string, text = '') => {
  const { operations, securitySchemes } = read(block(row('header', name, more, text)))
  return { security: operations[0]?.security, schemes: Object.keys(securitySchemes) }
}

await t.test('a required header that is evidently a credential is security', async (t) => {
  const evident =
    'Authorization X-API-TOKEN X-API-KEY x-api-key apikey access_token X-Auth-Token token X-Access-Token ' +
    'X-Subscription-Key Ocp-Apim-Subscription-Key session-token'
  for (const name of evident.split(' ')) {
    t.strictSame(secured(name, 'required="true"'), { security: [{ [name]: [] }], schemes: [name] })
    for (const more of ['required="false"', ''])
      t.strictSame(secured(name, more), { security: undefined, schemes: [] }, `${name} may be left out`)
  }
  t.strictSame(secured('X-Harbour-Auth', 'required="true"', 'The API key of the harbour').schemes, [
    'X-Harbour-Auth',
  ])
  const others = [
    'X-CSRF-Token',
    'Idempotency-Key',
    'X-Page-Token',
    'X-Device-Token',
    'Accept',
    'X-ACCOUNT-NUMBER',
  ]
  for (const name of [...others, 'X-Request-Id', 'X-Keyboard', 'Tokenizer', 'X-Harbour-Auth'])
    t.strictSame(secured(name, 'required="true"', 'Says which'), { security: undefined, schemes: [] }, name)
  t.strictSame(secured('X-Harbour', 'required="true"', 'Goes with the API key').schemes, [])
})

await t.test('all credentials together, and the account of each that says most', async (t) => {
  const first = block(
    row('header', 'X-API-KEY', 'required="true"', 'k-7') + row('header', 'token', 'required="true"'),
  )
  const second = block(
    row('header', 'X-API-KEY', 'required="true"', 'The key that the harbour gave out'),
    'put',
  )
  const { operations, securitySchemes } = read(first + second)
  t.strictSame(operations[0]?.security, [{ 'X-API-KEY': [], token: [] }])
  t.match(securitySchemes['X-API-KEY'], { description: 'The key that the harbour gave out' })
})

await t.test('what holds in one case only is no fact of every value', async (t) => {
  const pin = row(
    'body',
    'pin',
    'type="String"',
    'With mode 1 the PIN of 4 digits. With mode 2 the device id',
  )
  t.match(bodySchema(block(pin)), { properties: { pin: { pattern: undefined } } })
  const plain = row('body', 'pin', 'type="String"', 'PIN with 4 digits. Keep it')
  t.match(bodySchema(block(plain)), { properties: { pin: { pattern: '^[0-9]{4}$' } } })
})
