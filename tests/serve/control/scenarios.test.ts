import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { folderFor } from '../../folder.js'
import { createStandin } from '../../../src/index.js'
import { documentedRequest, standinFor } from '../helper.js'
import { ask } from './helper.js'

const LATE = `# the service is slow, then down
description: Slow, then down
state:
  accounts:
    '7': { n: 14.0, id: 9007199254740993 }
    '100': null
overrides:
  - operationId: login
    sequence: [{ delay: 1 }, { status: 503 }]
    afterSequence: last
  - operationId: login
    status: 401
`
const DOWN = JSON.stringify({ overrides: [{ status: 503 }] })

void t.test('scenarios are switched at once, state and overrides', async (t) => {
  const cwd = folderFor(t, { scenarios: { 'late.yaml': LATE, 'down.json': DOWN } })
  const standin = await standinFor(t, { cwd })
  t.strictSame((await ask(standin, 'GET', '/scenarios')).json, {
    scenarios: [
      { name: 'down', file: 'scenarios/down.json', overrides: 1, state: false },
      {
        name: 'late',
        file: 'scenarios/late.yaml',
        description: 'Slow, then down',
        overrides: 2,
        state: true,
      },
    ],
  })
  await ask(standin, 'POST', '/overrides', { id: 'mine', operationId: 'resetPin', status: 500 })
  t.match(await ask(standin, 'PUT', '/scenario', { name: 'late' }), { status: 200, json: { name: 'late' } })
  t.strictSame((await ask(standin, 'GET', '/scenario')).json, { scenario: 'late' })
  t.match((await ask(standin, 'GET', '/state')).body, /"7":\{"n":14\.0,"id":9007199254740993\}/)
  t.notMatch((await ask(standin, 'GET', '/state')).body, /"100"/)
  const login = async () => (await standin.inject(documentedRequest('login'))).statusCode
  t.equal(await login(), 401, 'as the state has it: the account is gone')
  t.equal(await login(), 503, 'the first that fits goes first')
  t.match((await ask(standin, 'GET', '/overrides')).json, {
    overrides: [
      { scenario: 'late', used: 2 },
      { scenario: 'late', used: 0 },
      { id: 'mine', scenario: undefined },
    ],
  })
  t.match((await ask(standin, 'GET', '/sessions')).json, { sessions: [{ scenario: 'late', overrides: 3 }] })
  await ask(standin, 'PUT', '/scenario', { name: 'down' })
  t.match((await ask(standin, 'GET', '/overrides')).json, {
    overrides: [{ scenario: 'down' }, { id: 'mine' }],
  })
  t.match(
    (await ask(standin, 'GET', '/state')).json,
    { accounts: { 7: {} } },
    'without state of its own it leaves it',
  )
  t.equal((await ask(standin, 'DELETE', '/scenario')).status, 204)
  t.match((await ask(standin, 'GET', '/overrides')).json, { overrides: [{ id: 'mine' }] })
  t.strictSame((await ask(standin, 'GET', '/scenario')).json, { scenario: null })
  t.match(await ask(standin, 'POST', '/sessions', { name: 's', scenario: 'late' }), {
    status: 201,
    json: { scenario: 'late' },
  })
})

/** Files that cannot be used, with the place and what is said. */
const broken: readonly (readonly [file: string, text: string, says: RegExp])[] = [
  ['syntax.json', '{\n  "state": {,\n}', /^scenarios\/syntax\.json:2: It is not valid JSON/],
  ['yaml.yaml', 'overrides:\n  - a: [\n', /^scenarios\/yaml\.yaml:\d: /],
  ['member.yaml', 'description: x\noverides: []\n', /^scenarios\/member\.yaml:2: .*Unexpected property/],
  [
    'type.json',
    '{\n"overrides": [\n{ "status": 500 },\n{ "status": "x" }\n]\n}',
    /^scenarios\/type\.json:4: \/overrides\/1\/status: /,
  ],
  ['unknown.yaml', 'overrides:\n  - status: 1\n', /^scenarios\/unknown\.yaml:2: /],
  [
    'operation.yaml',
    'overrides:\n  - status: 500\n  - operationId: logn\n    status: 500\n',
    /^scenarios\/operation\.yaml:3: .*Did you mean 'login'/,
  ],
  [
    'template.yaml',
    'overrides:\n  - status: 500\n    body:\n      a: "{{#if}}"\n',
    /^scenarios\/template\.yaml:4: Line 1: /,
  ],
  ['twice.yaml', 'description: a\ndescription: b\n', /^scenarios\/twice\.yaml:2: The key "description"/],
  [
    'state.json',
    '{\n"state": {\n"accounts": 5 }\n}',
    /^scenarios\/state\.json:3: A collection is a JSON object/,
  ],
  ['empty.yaml', '', /^scenarios\/empty\.yaml:1: /],
  ['a b.yaml', 'description: x\n', /^scenarios\/a b\.yaml: its name may hold/],
]

void t.test('a broken file is told with its line, and the others go on', async (t) => {
  const cwd = folderFor(t, {
    scenarios: Object.fromEntries([
      ...broken.map(([file, text]) => [file, text] as const),
      ['down.json', DOWN],
    ]),
  })
  const standin = await standinFor(t, { cwd })
  const { json } = await ask(standin, 'GET', '/scenarios')
  const all = json['scenarios'] as { name: string; problem?: string }[]
  for (const [file, , says] of broken) {
    const name = file.replace(/\..*/, '')
    const before = (await ask(standin, 'GET', '/overrides')).body
    t.match(all.find((one) => one.name === name)?.problem, says, file)
    t.match(
      (await ask(standin, 'PUT', '/scenario', { name })).json,
      { code: 'bad-scenario', detail: says },
      file,
    )
    t.equal((await ask(standin, 'GET', '/overrides')).body, before, 'nothing is changed')
  }
  t.equal((await ask(standin, 'PUT', '/scenario', { name: 'down' })).status, 200)
  writeFileSync(join(cwd, 'scenarios/syntax.json'), DOWN)
  t.equal(
    (await ask(standin, 'PUT', '/scenario', { name: 'syntax' })).status,
    200,
    'read anew when it is asked for',
  )
  rmSync(join(cwd, 'scenarios/down.json'))
  t.match(await ask(standin, 'PUT', '/scenario', { name: 'down' }), {
    status: 404,
    json: { detail: /no scenario 'down'/ },
  })
  writeFileSync(join(cwd, 'scenarios/syntax.yaml'), 'description: x\n')
  t.match(await ask(standin, 'PUT', '/scenario', { name: 'syntax' }), {
    json: { detail: /of the same name; keep one/ },
  })
})

void t.test('a folder that is not there holds no scenario, and one can be named', async (t) => {
  const standin = await standinFor(t, { cwd: folderFor(t) })
  t.strictSame((await ask(standin, 'GET', '/scenarios')).json, { scenarios: [] })
  const cwd = folderFor(t, { mine: { 'down.json': DOWN } })
  const other = await standinFor(t, { cwd, scenarios: 'mine', scenario: 'down' })
  t.equal((await other.inject(documentedRequest('login'))).statusCode, 503, 'switched on from the start')
  await other.session('x').scenario('down')
  t.match(await other.session('x').overrides(), [{ status: 503, scenario: 'down' }])
  await t.rejects(other.session().scenario('don'), {
    code: 'STANDIN_ERR_SESSION',
    message: /Did you mean 'down'\?/,
  })
  await t.rejects(createStandin({ cwd, scenarios: 'mine', scenario: 'don', logger: false }), {
    code: 'STANDIN_ERR_USAGE',
    message: /Did you mean 'down'\?/,
  })
  await t.rejects(
    createStandin({ cwd: folderFor(t, { scenarios: { 'a.json': '{' } }), scenario: 'a', logger: false }),
    {
      code: 'STANDIN_ERR_SCENARIO',
      message: /^scenarios\/a\.json:1: /,
    },
  )
})

void t.test('a scenario begins from a snapshot', async (t) => {
  const cwd = folderFor(t, { scenarios: { 'a.yaml': 'snapshot: full\nstate: { cups: { "2": {} } }\n' } })
  const standin = await standinFor(t, { cwd })
  t.match(await ask(standin, 'PUT', '/scenario', { name: 'a' }), {
    status: 404,
    json: { detail: /no snapshot 'full'/ },
  })
  await ask(standin, 'PUT', '/state', { cups: { 1: {} } })
  await ask(standin, 'PUT', '/snapshots/full')
  await ask(standin, 'POST', '/reset')
  t.equal((await ask(standin, 'PUT', '/scenario', { name: 'a' })).status, 200)
  t.match((await ask(standin, 'GET', '/state')).json, { cups: { 1: {}, 2: {} } })
})
