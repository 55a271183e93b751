import t from 'tap'
import { comparePacts } from '../../src/contract/compare.js'
import { shop } from './shop.js'

/** The same reliance, written as the versions of the specification write it. */
interface Written {
  readonly version: string
  readonly request: object
  readonly response: object
}

const path = '/shop/orders/7'
const bearer = 'Bearer a'
const json = 'application/json'

/** Reads the order's id as an integer, whatever it is, and one member more. */
const writings = (member: string, value: unknown): Written[] => [
  {
    version: '1.0.0',
    request: { method: 'get', path, headers: { Authorization: bearer } },
    response: { status: 200, headers: { 'Content-Type': json }, body: { [member]: value } },
  },
  {
    version: '2.0.0',
    request: { method: 'get', path, headers: { Authorization: bearer } },
    response: {
      status: 200,
      headers: { 'Content-Type': json },
      body: { [member]: value },
      matchingRules: { [`$.body.${member}`]: { match: 'type' } },
    },
  },
  {
    version: '3.0.0',
    request: { method: 'GET', path, headers: { Authorization: bearer } },
    response: {
      status: 200,
      headers: { 'Content-Type': json },
      body: { [member]: value },
      matchingRules: { body: { [`$.${member}`]: { combine: 'AND', matchers: [{ match: 'type' }] } } },
    },
  },
  {
    version: '4.0',
    request: { method: 'GET', path, headers: { Authorization: [bearer] } },
    response: {
      status: 200,
      headers: { 'Content-Type': [json] },
      body: { contentType: json, encoded: false, content: { [member]: value } },
      matchingRules: { body: { [`$.${member}`]: { combine: 'AND', matchers: [{ match: 'type' }] } } },
    },
  },
]

const compared = ({ version, request, response }: Written) =>
  comparePacts(
    [
      {
        file: 'web-shop.json',
        text: JSON.stringify({
          consumer: { name: 'web' },
          provider: { name: 'shop' },
          interactions: [
            {
              ...(version === '4.0' && { type: 'Synchronous/HTTP' }),
              description: 'a call',
              request,
              response,
            },
          ],
          metadata: { pactSpecification: { version } },
        }),
      },
    ],
    shop,
  )

void t.test('every version of the specification relies on the same', async (t) => {
  for (const [name, member, value, rules] of [
    ['a documented member', 'id', 7, []],
    ['one that is not documented', 'colour', 'red', ['undocumented-member']],
    ['one of another type', 'id', 'seven', ['type-mismatch']],
  ] as const) {
    for (const written of writings(member, value)) {
      const { interactions, findings } = compared(written)
      t.equal(interactions, 1)
      // Without a matcher, as in version 1 always, the very value is relied on besides.
      const found = findings.map(({ rule }) => rule).filter((rule) => rule !== 'exact-value')
      t.strictSame(found, rules, `${name}, ${written.version}`)
    }
  }
})

void t.test('a query as text and as lists', async (t) => {
  const queries: [string, unknown][] = [
    ['2.0.0', 'colour=red'],
    ['3.0.0', { colour: ['red'] }],
    ['4.0', { colour: ['red'] }],
  ]
  for (const [version, query] of queries) {
    const headers = { Authorization: bearer }
    const request = { method: 'GET', path, headers, query }
    const { findings } = compared({ version, request, response: { status: 200 } })
    t.strictSame(
      findings.map(({ rule, where }) => [rule, where]),
      [['undocumented-parameter', 'request query colour']],
      version,
    )
  }
})

void t.test('messages are passed over, in a pact of messages and beside calls', async (t) => {
  const names = { consumer: { name: 'web' }, provider: { name: 'shop' } }
  const messages = { ...names, messages: [{ description: 'm', contents: {} }] }
  const mixed = {
    ...names,
    interactions: [{ type: 'Asynchronous/Messages', description: 'm', contents: {} }],
  }
  for (const pact of [messages, mixed]) {
    const comparison = comparePacts([{ file: 'm.json', text: JSON.stringify(pact) }], shop)
    t.match(comparison, { interactions: 0, compatible: false })
  }
})
