import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { run } from '../../src/cli/run.js'
import { factory, fakeStandin } from './fake-standin.js'
import { fakeTerminal } from './terminal.js'

interface Given {
  argv?: string[]
  env?: Record<string, string>
  /** Name and text of files in the working directory. */
  files?: Record<string, string>
}

/** Runs `standin openapi`-like commands to their end in a folder of their own. */
async function attempt(t: Test, { argv = [], env = {}, files = {} }: Given) {
  const cwd = t.testdir(files)
  const terminal = fakeTerminal({ cwd, env })
  const { create, given } = factory(fakeStandin())
  const running = run(argv, terminal, create)
  // `serve` goes on until it is told to stop; nothing else listens for signals.
  while (terminal.signals.listenerCount('SIGTERM') === 0) {
    const ended = await Promise.race([
      running.then(() => true),
      new Promise<false>((go) => setImmediate(go, false)),
    ])
    if (ended) break
  }
  terminal.signals.emit('SIGTERM', 'SIGTERM')
  return { code: await running, options: given[0], err: terminal.err(), out: terminal.out() }
}

void t.test(
  'an option is taken from the line, else the environment, else the file, else its default',
  async (t) => {
    const file = { 'standin.config.json': '{ "port": 3, "host": "::1", "cors": false, "delay": "1-2" }' }
    const cases: [string, Given, Record<string, unknown>][] = [
      [
        'defaults',
        {},
        {
          port: 10000,
          host: '127.0.0.1',
          store: '.standin',
          fsync: false,
          stateless: false,
          anyToken: false,
          cors: true,
          delay: 0,
          echo: false,
          dynamic: false,
          ignoreExamples: false,
          errors: false,
          seed: '',
          logLevel: 'info',
          bodyLimit: 1048576,
          docsPath: '/docs',
          openapiPath: '/openapi.json',
          sources: [],
        },
      ],
      ['file', { files: file }, { port: 3, host: '::1', cors: false, delay: '1-2', store: '.standin' }],
      [
        'environment',
        { files: file, env: { STANDIN_PORT: '2', STANDIN_CORS: 'true' } },
        { port: 2, cors: true, host: '::1' },
      ],
      ['line', { files: file, env: { STANDIN_PORT: '2' }, argv: ['--port', '1'] }, { port: 1, host: '::1' }],
      ['empty variable', { env: { STANDIN_PORT: '' } }, { port: 10000 }],
      [
        'long words',
        { argv: ['--body-limit=5', '--any-token', '--openapi-path', 'off'] },
        { bodyLimit: 5, anyToken: true, openapiPath: 'off' },
      ],
      [
        'long words in the environment',
        { env: { STANDIN_ANY_TOKEN: '1', STANDIN_LOG_LEVEL: 'warn' } },
        { anyToken: true, logLevel: 'warn' },
      ],
      ['=', { argv: ['--port=0'] }, { port: 0 }],
      ['short', { argv: ['-p', '7'] }, { port: 7 }],
      ['last one wins', { argv: ['--port', '7', '--port', '8'] }, { port: 8 }],
      ['--no', { argv: ['--no-cors'] }, { cors: false }],
      [
        '--no against the environment',
        { env: { STANDIN_STATELESS: 'true' }, argv: ['--no-stateless'] },
        { stateless: false },
      ],
      ['=false', { argv: ['--cors=false'] }, { cors: false }],
      ['text in capitals', { env: { STANDIN_FSYNC: 'TRUE' } }, { fsync: true }],
      ['sources', { argv: ['serve', 'a.md', '--port', '1', 'b/'] }, { sources: ['a.md', 'b/'], port: 1 }],
      ['sources without a command', { argv: ['./docs'] }, { sources: ['./docs'] }],
      ['a folder named by a bare word', { argv: ['docs'], files: { docs: '' } }, { sources: ['docs'] }],
      ['after --', { argv: ['--port', '1', '--', '--odd.md'] }, { sources: ['--odd.md'], port: 1 }],
      ['a command name after --', { argv: ['--', 'openapi'] }, { sources: ['openapi'] }],
      [
        'sources of the file',
        { files: { 'standin.config.json': '{ "sources": ["a.md"] }' } },
        { sources: ['a.md'] },
      ],
      [
        'sources of the line win',
        { argv: ['b.md'], files: { 'standin.config.json': '{ "sources": ["a.md"] }' } },
        { sources: ['b.md'] },
      ],
      [
        'a boolean with its value behind it',
        { argv: ['--cors', 'false', '--echo', 'true', '--stateless', 'a.md'] },
        { cors: false, echo: true, stateless: true },
      ],
      ['delay', { argv: ['--delay', '100-300'] }, { delay: '100-300' }],
      ['delay of one value', { argv: ['--delay', '100'] }, { delay: 100 }],
      [
        'a named file',
        { argv: ['--config', 'x.json'], files: { ...file, 'x.json': '\uFEFF{ "port": 9 }' } },
        { port: 9, host: '127.0.0.1' },
      ],
      [
        'a file named in the environment',
        { env: { STANDIN_CONFIG: 'x.json' }, files: { 'x.json': '{ "port": 9 }' } },
        { port: 9 },
      ],
    ]
    for (const [name, given, expected] of cases) {
      await t.test(name, async (t) => {
        const { code, options, err } = await attempt(t, given)
        t.equal(code, 0, err)
        t.match(options, expected)
      })
    }
  },
)

const json = (text: string): Given => ({ files: { 'standin.config.json': text } })

void t.test('what is wrong is said in one line, with exit code 2', async (t) => {
  const cases: [string, Given, string][] = [
    [
      'unknown option',
      { argv: ['--prot', '1'] },
      'There is no option --prot. Did you mean --port? standin serve --help lists the options.',
    ],
    ['unknown negative', { argv: ['--no-cor'] }, 'There is no option --no-cor. Did you mean --no-cors?'],
    ['unknown short', { argv: ['-x'] }, 'There is no option -x. standin serve --help'],
    [
      'nothing near',
      { argv: ['--quite-another-thing'] },
      'There is no option --quite-another-thing. standin serve --help',
    ],
    [
      'an option of another command',
      { argv: ['openapi', '--port', '1'] },
      '--port is no option of standin openapi.',
    ],
    ['--no for a value', { argv: ['--no-port'] }, 'There is no option --no-port.'],
    [
      'unknown command',
      { argv: ['opnapi'] },
      'There is no command "opnapi", and no file of that name. Did you mean openapi?',
    ],
    [
      'unknown command in help',
      { argv: ['help', 'serv'] },
      'There is no command "serv". Did you mean serve?',
    ],
    ['too many arguments', { argv: ['help', 'serve', 'x'] }, 'standin help takes [COMMAND], got "serve x".'],
    ['no value', { argv: ['--port'] }, '--port needs a value: --port PORT.'],
    [
      'an option for a value',
      { argv: ['--store', '--stateless'] },
      '--store needs a value: --store STORE. If "--stateless" is meant, write --store=--stateless.',
    ],
    [
      'not a number',
      { argv: ['--port', 'http'] },
      '--port: expected a whole number from 0 to 65535, got "http"',
    ],
    [
      'out of range',
      { argv: ['--port', '65536'] },
      '--port: expected a whole number from 0 to 65535, got 65536',
    ],
    ['negative', { argv: ['--port=-1'] }, '--port: expected a whole number from 0 to 65535, got "-1"'],
    ['empty text', { argv: ['--host='] }, '--host: expected a text that is not empty, got ""'],
    ['not a boolean', { argv: ['--cors=maybe'] }, '--cors: expected true or false, got "maybe"'],
    ['a value for --no', { argv: ['--no-cors=1'] }, '--no-cors takes no value, got "1".'],
    [
      'not a level',
      { argv: ['--log-level', 'loud'] },
      '--log-level: expected one of silent, fatal, error, warn, info, debug, trace, got "loud"',
    ],
    [
      'a range upside down',
      { argv: ['--delay', '300-100'] },
      '--delay: expected milliseconds (200) or a range of them (100-300), got "300-100"',
    ],
    [
      'not a path',
      { argv: ['--docs-path', 'docs'] },
      '--docs-path: expected a path that begins with /, or off, got "docs"',
    ],
    [
      'environment',
      { env: { STANDIN_PORT: 'x' } },
      'Environment variable STANDIN_PORT: expected a whole number from 0 to 65535, got "x"',
    ],
    [
      'file',
      json('{ "port": "8080" }'),
      'standin.config.json, "port": expected a whole number from 0 to 65535, got "8080"',
    ],
    [
      'unknown key',
      json('{ "prot": 1 }'),
      'standin.config.json: there is no option "prot". Did you mean port?',
    ],
    [
      'a key of the line only',
      json('{ "config": "x.json" }'),
      'standin.config.json: there is no option "config".',
    ],
    [
      'not an object',
      json('[1]'),
      'standin.config.json: expected an object of options, such as { "port": 8080 }',
    ],
    ['not JSON', json('{\n  "port": 1,\n  oops\n}'), 'standin.config.json:3: it is not JSON ('],
    ['cut short', json('{\n  "port": 1'), 'standin.config.json:2: it is not JSON ('],
    [
      'two files',
      { files: { 'standin.config.json': '{}', 'standin.config.js': '' } },
      'standin.config.json and standin.config.js: keep one of them, or choose with --config FILE',
    ],
    [
      'missing file',
      { argv: ['--config', 'x.json'] },
      'x.json: there is no such file; correct --config, or leave it out',
    ],
    [
      'another kind of file',
      { argv: ['--config', 'x.yaml'], files: { 'x.yaml': '' } },
      'x.yaml: a config file ends in .json, .ts or .js',
    ],
  ]
  for (const [name, given, expected] of cases) {
    await t.test(name, async (t) => {
      const { code, options, err, out } = await attempt(t, given)
      t.equal(code, 2)
      t.equal(options, undefined, 'no server was made')
      t.equal(out, '')
      t.ok(err.startsWith(`standin: ${expected}`), err)
      t.match(err, /^[^\n]+ \[STANDIN_ERR_(USAGE|CONFIG)\]\n$/)
    })
  }
})

void t.test('config files that are modules', async (t) => {
  const cases: [string, string, Record<string, unknown> | string][] = [
    [
      'standin.config.ts',
      'const port: number = 8081\nexport default { port } satisfies { port: number }',
      { port: 8081 },
    ],
    ['standin.config.js', 'export default { port: 8082, store: undefined }', { store: '.standin' }],
    ['standin.config.js', 'export default Promise.resolve({ port: 8083 })', { port: 8083 }],
    [
      'standin.config.js',
      'export const port = 1',
      'it has no default export; write export default { port: 8080 }',
    ],
    ['standin.config.js', 'throw new Error("no\\nluck")', 'it cannot be loaded (no luck)'],
    ['standin.config.ts', 'export default { port: ', 'it cannot be loaded ('],
  ]
  for (const [index, [file, text, expected]] of cases.entries()) {
    await t.test(`${file} ${index}`, async (t) => {
      const files = { [file]: text, 'package.json': '{ "type": "module" }' }
      const { code, options, err } = await attempt(t, { files })
      if (typeof expected === 'string') {
        t.equal(code, 2)
        t.ok(err.startsWith(`standin: ${file}: ${expected}`), err)
        t.equal(err.split('\n').length, 2, 'one line')
      } else {
        t.equal(code, 0, err)
        t.match(options, expected)
      }
    })
  }
})

void t.test('paths of a config file elsewhere are relative to it', async (t) => {
  const cwd = t.testdir({})
  mkdirSync(join(cwd, 'api'))
  const text = JSON.stringify({ store: 'data', sources: ['docs', '/abs.md', 'https://api.test/x.json'] })
  writeFileSync(join(cwd, 'api', 'mock.json'), text)
  const { create, given } = factory(fakeStandin())
  const terminal = fakeTerminal({ cwd })
  t.equal(await run(['openapi', '--config', 'api/mock.json'], terminal, create), 0, terminal.err())
  t.strictSame(given[0]?.sources, [join('api', 'docs'), '/abs.md', 'https://api.test/x.json'])
})

void t.test('echo, errors and seed reach the server', async (t) => {
  const given = await attempt(t, { argv: ['--echo', '--seed', '7'], env: { STANDIN_ERRORS: '1' } })
  t.match(given, { options: { echo: true, errors: true, seed: 7 } })
})

void t.test("what Prism's users type is understood", async (t) => {
  const argv = ['mock', 'api.json', '-d', '--ignoreExamples', '--verboseLevel', 'warn', '--bodyLimit=9']
  const given = await attempt(t, { argv })
  t.match(given, { options: { dynamic: true, ignoreExamples: true, bodyLimit: 9, sources: ['api.json'] } })
  t.match((await attempt(t, { argv: ['constructor'] })).err, /There is no command "constructor"/)
  t.match((await attempt(t, { argv: ['--fillProperties'] })).err, /There is no option --fillProperties/)
})
