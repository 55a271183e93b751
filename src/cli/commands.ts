import type { OptionKey, Options } from './options.js'
import type { CreateStandin } from './standin.js'
import type { Terminal } from './terminal.js'

/** One call of a command, with everything resolved. */
export interface Invocation {
  readonly options: Options
  /** What stands on the line besides options and the command's name. */
  readonly positionals: readonly string[]
  readonly terminal: Terminal
  readonly createStandin: CreateStandin
}

/** Resolves with the exit code: 0 done, 1 done and something was found wrong, 2 cannot be done as asked. */
export type Run = (invocation: Invocation) => Promise<number>

export interface Command {
  readonly name: string
  /** A sentence for the list of commands. */
  readonly summary: string
  /** Positional arguments, as in a usage line. */
  readonly takes: string
  /** Most arguments that it takes. */
  readonly most?: number
  readonly options: readonly OptionKey[]
  readonly examples: readonly string[]
  /** Imports the command; nothing of it is loaded before. */
  load(): Promise<Run>
}

const serving = [
  'port',
  'host',
  'store',
  'fsync',
  'stateless',
  'anyToken',
  'cors',
  'delay',
  'echo',
  'errors',
  'seed',
  'logLevel',
  'bodyLimit',
  'docsPath',
  'openapiPath',
  'sources',
  'config',
] as const satisfies OptionKey[]

/** The command when the line names none. */
export const DEFAULT_COMMAND = 'serve'

const list: Command[] = [
  {
    name: 'serve',
    summary: 'Answer requests as the sources document (the default command).',
    takes: '[SOURCE…]',
    options: serving,
    examples: ['standin', 'standin docs/ --port 0', 'standin serve --stateless --delay 100-300'],
    load: async () => (await import('./serve.js')).serve,
  },
  {
    name: 'openapi',
    summary: 'Print the OpenAPI document of the sources.',
    takes: '[SOURCE…]',
    options: ['out', 'sources', 'config'],
    examples: ['standin openapi', 'standin openapi docs/ --out openapi.json'],
    load: async () => (await import('./openapi.js')).openapi,
  },
  {
    name: 'inspect',
    summary: 'Show what is understood of the sources, and what is not.',
    takes: '[SOURCE…]',
    options: ['format', 'out', 'sources', 'config'],
    examples: ['standin inspect docs/', 'standin inspect docs/users.md --format json'],
    load: async () => (await import('./inspect.js')).inspectCommand,
  },
  {
    name: 'import',
    summary: 'Write an API down as TypeBox modules, to be kept and served.',
    takes: 'SOURCE…',
    options: ['out', 'sources', 'config'],
    examples: ['standin import docs/ --out api', 'standin import openapi.yaml --out src/petstore'],
    load: async () => (await import('./import.js')).importSources,
  },
  {
    name: 'lint',
    summary: 'Find what the sources get wrong, and mend what is mechanical.',
    takes: 'SOURCE…',
    options: ['format', 'failOn', 'fix', 'out', 'rules', 'sources', 'config'],
    examples: [
      'standin lint docs/',
      'standin lint docs/ --fix',
      'standin lint docs/ --format sarif --out lint.sarif',
    ],
    load: async () => (await import('./lint.js')).lintCommand,
  },
  {
    name: 'help',
    summary: 'Explain a command.',
    takes: '[COMMAND]',
    most: 1,
    options: [],
    examples: ['standin help openapi'],
    load: async () => (await import('./help.js')).help,
  },
]

export const commands: ReadonlyMap<string, Command> = new Map(list.map((command) => [command.name, command]))
