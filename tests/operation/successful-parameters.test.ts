import t from 'tap'
import { documentedRequest } from '../../src/contract/request.js'
import { frameOf } from '../../src/respond/samples/assemble.js'
import { SampleValues } from '../../src/respond/samples/sample-values.js'
import { Validation } from '../../src/respond/validation.js'
import { operation, readValue } from '../parse/openapi/helper.js'

const shown = (values: Record<string, string>): object =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]))
const reply = (...names: string[]): object => ({
  description: '',
  content: {
    'application/json': { examples: Object.fromEntries(names.map((name) => [name, { value: { name } }])) },
  },
})
const string = { type: 'string' }

/** The parameter's first example is the one that the refusal is shown for, unless `found` comes first. */
const documentWith = (ids: Record<string, string>, statuses: object): object => ({
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets/{id}': {
      get: {
        operationId: 'pet',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: string, examples: shown(ids) },
          { name: 'view', in: 'query', schema: string, examples: shown({ missing: 'none', found: 'full' }) },
        ],
        responses: statuses,
      },
    },
  },
})

const cases: [why: string, ids: Record<string, string>, statuses: object, url: string][] = [
  [
    'the value of a success, where the first is one of a refusal',
    { missing: 'm-1', found: 'f-1' },
    { 200: reply('found'), 404: reply('missing') },
    '/pets/f-1?view=full',
  ],
  [
    'the first, where both succeed',
    { missing: 'm-1', found: 'f-1' },
    { 200: reply('missing', 'found') },
    '/pets/m-1?view=none',
  ],
  [
    'the first, where no success is shown',
    { missing: 'm-1', found: 'f-1' },
    { 404: reply('missing') },
    '/pets/m-1?view=none',
  ],
]
for (const [why, ids, statuses, url] of cases) {
  void t.test(`a sample request has ${why}`, async (t) => {
    const description = readValue(documentWith(ids, statuses))
    const pet = operation(description, 'pet')
    const values = new SampleValues(description, new Validation(description.documents))
    t.equal(frameOf(pet, values, description).url, url)
    const { path, query } = documentedRequest(pet, [], description.documents)
    t.equal(`/pets/${path['id']}?view=${query['view']}`, url, 'in a contract as well')
  })
}
