import { readFileSync } from 'node:fs'
import t from 'tap'
import { commands } from '../../src/cli/commands.js'
import { helpText } from '../../src/cli/help.js'
import { options, optionsIn } from '../../src/cli/options.js'
import { run } from '../../src/cli/run.js'
import { factory, fakeStandin } from './fake-standin.js'
import { optionsTable } from './options-table.js'
import { fakeTerminal } from './terminal.js'

void t.test('every command explains itself and its options', async (t) => {
  for (const command of commands.values()) {
    const text = helpText(command)
    t.ok(text.includes(command.summary))
    for (const { flag, description } of optionsIn('line', command.options)) {
      t.match(text, new RegExp(`--(no-)?${flag}\\b`))
      t.ok(text.includes(description))
    }
    const listed = [...text.matchAll(/^ {2}(?:-\w, | {4})--(?:no-)?([a-z-]+)/gm)].map((match) => match[1])
    const expected = [...optionsIn('line', command.options).map(({ flag }) => flag), 'help', 'version']
    t.strictSame(listed, expected, 'and no others')
  }
  for (const { name } of commands.values()) t.ok(helpText().includes(`  ${name} `), name)
})

void t.test('the ways to ask for help and version', async (t) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const openapi = helpText(commands.get('openapi'))
  const cases: [string[], string][] = [
    [['--help'], helpText()],
    [['-h'], helpText()],
    [['help'], helpText()],
    [['help', 'openapi'], openapi],
    [['openapi', '--help'], openapi],
    [['--help', 'openapi'], openapi],
    [['--version'], `${version}\n`],
    [['-v'], `${version}\n`],
    [['serve', '--version'], `${version}\n`],
  ]
  for (const [argv, expected] of cases) {
    const terminal = fakeTerminal({})
    const { create, given } = factory(fakeStandin())
    t.equal(await run(argv, terminal, create), 0)
    t.equal(terminal.out(), expected, argv.join(' '))
    t.strictSame(given, [])
  }
})

void t.test('the guide lists the options as they are', async (t) => {
  const guide = readFileSync('docs/guides/configuration.md', 'utf8')
  t.ok(
    guide.includes(`\n${optionsTable()}\n`),
    `docs/guides/configuration.md needs this table:\n${optionsTable()}`,
  )
})

void t.test('no two options share a name', async (t) => {
  const all = [...options.values()]
  for (const name of ['flag', 'variable', 'key'] as const) {
    t.equal(new Set(all.map((option) => option[name])).size, all.length, name)
  }
})
