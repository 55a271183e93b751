import t from 'tap'
import { folderFor } from '../folder.js'
import { run } from '../../src/cli/run.js'
import { createStandin } from '../../src/standin.js'
import type { TestScope } from '../serve/proxy/helper.js'
import { fakeTerminal } from './terminal.js'

const Cup = {
  type: 'object',
  properties: { id: { type: 'integer' }, size: { type: 'string' } },
  required: ['id'],
}
const sent = (schema: object) => ({ description: 'x', content: { 'application/json': { schema } } })
const body = { content: { 'application/json': { schema: Cup } } }
const id = { in: 'path', name: 'id', required: true, schema: { type: 'integer' } }
const document = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Cups', version: '1' },
  paths: {
    '/cups': {
      get: { operationId: 'listCups', responses: { 200: sent({ type: 'array', items: Cup }) } },
      post: { operationId: 'addCup', requestBody: body, responses: { 201: sent(Cup) } },
    },
    '/cups/{id}': {
      parameters: [id],
      get: { operationId: 'getCup', responses: { 200: sent(Cup) } },
      delete: { operationId: 'dropCup', responses: { 204: { description: 'x' } } },
    },
    '/cups/{id}/smash': {
      parameters: [id],
      post: { operationId: 'smashCup', responses: { 204: { description: 'x' } } },
    },
    '/health': { get: { operationId: 'health', responses: { 200: sent({ type: 'string' }) } } },
  },
})

const inspected = async (t: TestScope, config: object, ...argv: string[]): Promise<string> => {
  const cwd = folderFor(t, { 'api.json': document, 'standin.config.json': JSON.stringify(config) })
  const terminal = fakeTerminal({ cwd })
  const code = await run(['inspect', 'api.json', ...argv], terminal, (options) =>
    createStandin({ ...options, cwd }),
  )
  if (code !== 0) throw new Error(terminal.err())
  return terminal.out()
}

void t.test('the resources that are kept, and what their operations do', async (t) => {
  t.match(
    await inspected(t, {}),
    `resource cups  /cups, by id
  list listCups
  create addCup
  read getCup
  delete dropCup

`,
  )
  const { resources, onlyReplayed } = JSON.parse(await inspected(t, {}, '--format', 'json'))
  t.match(resources, [
    {
      collection: 'cups',
      path: '/cups',
      id: 'id',
      operations: [{ operationId: 'listCups', action: 'list', by: 'description' }, {}, {}, {}],
    },
  ])
  t.strictSame(onlyReplayed, [])
})

void t.test('where the config says otherwise', async (t) => {
  const config = { resources: { getCup: false, smashCup: { collection: 'cups', action: 'delete' } } }
  const text = await inspected(t, config)
  t.match(text, '  delete smashCup, as configured\n')
  t.match(text, 'only replayed, as configured: getCup\n')
  t.notMatch(text, 'read getCup')
  const report = JSON.parse(await inspected(t, config, '--format', 'json'))
  t.strictSame(report.onlyReplayed, ['getCup'])
  t.strictSame(report.resources[0].operations.at(-1), {
    operationId: 'smashCup',
    action: 'delete',
    by: 'config',
  })
  const none = JSON.parse(await inspected(t, { resources: false }, '--format', 'json'))
  t.strictSame([none.resources, none.onlyReplayed], [[], []])
})
