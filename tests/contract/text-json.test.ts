import { Type } from '@sinclair/typebox'
import t from 'tap'
import { generateContract } from '../../src/contract/generate.js'
import { verifyContracts } from '../../src/contract/verify.js'
import type { ApiDescription } from '../../src/operation/description.js'
import type { MediaType } from '../../src/operation/operation.js'
import { documented } from './verify-docs.js'
import { provide } from './verify-provider.js'

t.setTimeout(120_000)

const Total = Type.Object({ total: Type.Integer({ minimum: 0 }) })

const answering = (media: MediaType): ApiDescription => ({
  ...documented,
  operations: documented.operations.map((operation) => ({
    ...operation,
    responses: operation.responses.map((response) =>
      response.status === '200' ? { ...response, content: [media] } : response,
    ),
  })),
})

void t.test('JSON that is sent as text/plain is asserted as JSON', async (t) => {
  const { text, unsupported } = generateContract(
    answering({ mediaType: 'text/plain', schema: Total, examples: [] }),
    { consumer: 'web', provider: 'clocks' },
  )
  t.match(unsupported, [{ keyword: 'minimum' }])
  const bodies = ['{"total":1}', '{"total":"1"}', '{"total":-1}', 'one']
  const found: unknown[] = []
  for (const body of bodies) {
    const provider = await provide((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(body),
    )
    const { report } = await verifyContracts([{ file: 'text.json', text }], {
      providerBaseUrl: provider.url,
      states: { 'valid credentials': () => ({ 'X-TOKEN': 'T' }) },
      only: ['listClocks-200'],
    })
    found.push(report.interactions[0]?.failures.map(({ where, by }) => `${by}: ${where}`))
    await provider.close()
  }
  t.strictSame(found, [[], ['pact: body total'], ['schema: body total'], ['pact: body']])
})

void t.test('a text that is no JSON is listed as not asserted', async (t) => {
  const media = { mediaType: 'text/csv', schema: Type.String({ pattern: '^id' }), examples: [] }
  const { unsupported } = generateContract(answering(media), { consumer: 'web', provider: 'clocks' })
  t.match(unsupported, [
    {
      operationId: 'listClocks',
      key: 'listClocks-200',
      keyword: 'type',
      scope: 'schema',
      message: /text\/csv/,
    },
  ])
})
