import t from 'tap'
import { pathDiffers } from '../../src/respond/nearest-operations.js'
import { describedBy, showing } from '../serve/app-for.js'

const [operation] = describedBy({
  '/api/v1/cups/{id}.json': { get: { operationId: 'getCup', responses: { 200: showing({}) } } },
}).operations

const cases: readonly (readonly [method: string, path: string, differs: string])[] = [
  ['POST', '/api/v1/cups/7.json', 'the method is POST, documented is GET'],
  ['GET', '/cups/{id}.json', 'the path lacks /api/v1 at its beginning'],
  ['GET', '/x/api/v1/cups/{id}.json', 'the path has /x before the documented one'],
  [
    'GET',
    '/cups/7.json',
    "the path has 2 segments, documented are 4, segment 1 is 'cups', documented is 'api', segment 2 is '7.json', documented is 'v1'",
  ],
  ['GET', '/api/v1/cups/7', "segment 4 is '7', documented is '{id}.json'"],
  [
    'GET',
    '/api/v2/cup/7.json',
    "segment 2 is 'v2', documented is 'v1', segment 3 is 'cup', documented is 'cups'",
  ],
  ['GET', '/', "the path has 1 segment, documented are 4, segment 1 is '', documented is 'api'"],
]

for (const [method, path, differs] of cases) {
  void t.test(`${method} ${path}`, async (t) => {
    if (!operation) throw new Error('no operation')
    t.equal(pathDiffers(method, path, operation), differs)
  })
}
