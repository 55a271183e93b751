import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { loadModule } from '../../../src/load/module.js'
import { readSources } from '../../../src/parse/source.js'
import { writeModules } from './written.js'

const root = fileURLToPath(new URL('./', import.meta.resolve('standin/package.json')))
/** Inside the package, so that the compiler finds TypeBox. */
const folder = join(root, '.build', 'emitted')
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets/{id}:
    get:
      operationId: delete
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
        - { name: sort, in: query, schema: { type: string, enum: [name, age] } }
      responses:
        '200':
          description: A pet
          content:
            application/json: { schema: { $ref: '#/components/schemas/Pet' }, example: { name: Rex } }
            application/xml: { schema: { type: string }, example: <pet/> }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
        friend: { $ref: '#/components/schemas/Pet' }
        owner: { $ref: '#/components/schemas/Owner' }
        food: { oneOf: [{ type: string }, { type: 'null' }] }
    Owner: { type: object, properties: { pets: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
`

const USE = `import api from './index.js'
import { deleteOperation, type DeleteOperationQuery } from './pets.js'
import type { Pet } from './schemas.js'
export const rex: Pet = { name: 'Rex', friend: { name: 'Bo' }, owner: { pets: [] }, food: null }
export const query: DeleteOperationQuery = { sort: 'name' }
export const title: string = api.description.title + deleteOperation.path
// @ts-expect-error a pet has a name
export const nameless: Pet = {}
// @ts-expect-error no such order
export const order: DeleteOperationQuery = { sort: 'size' }
`

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const description = readSources([{ path: 'docs/pets.yaml', text: PETS }], { read: () => undefined })

await t.test('modules have types, shared and circular ones too', async (t) => {
  t.ok(writeModules(folder, description).includes('schemas.ts'))
  writeFileSync(join(folder, 'use.ts'), USE)
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: {
        noEmit: true,
        rootDir: '../..',
        paths: { 'standin/describe': ['../src/describe.d.ts'] },
      },
      include: ['.'],
      exclude: [],
    }),
  )
  // Imported and not run, since the test runner's hooks cannot require the compiler's own program.
  const tsc = JSON.stringify(new URL('lib/tsc.js', import.meta.resolve('typescript/package.json')))
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `await import(${tsc})`, 'tsc', '-p', folder],
    { encoding: 'utf8' },
  )
  t.equal(stdout + stderr, '')
  t.equal(status, 0)
})

await t.test('a circular schema is the same one after loading', async (t) => {
  const { description: loaded } = await loadModule(join(folder, 'index.ts'), root)
  const [id = ''] = Object.keys(description.documents)
  const [from, to] = [description.documents[id], loaded.documents[id]].map((document) =>
    JSON.parse(JSON.stringify(document)),
  )
  t.strictSame(to.components.schemas, from.components.schemas)
  t.match(loaded.operations[0]?.responses[0]?.content[0]?.schema, { $ref: `${id}#/components/schemas/Pet` })
})
