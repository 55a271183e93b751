import type { OptionKey, Options } from './options.js'
import type { CreateStandin } from './standin.js'
import type { Terminal } from './terminal.js'
import { serving } from './serving-options.js'

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

const broker = [
  'brokerBaseUrl',
  'brokerUsername',
  'brokerPassword',
  'brokerToken',
  'format',
  'out',
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
    examples: [
      'standin',
      'standin docs/ --port 0',
      'standin docs/ --watch',
      'standin serve --stateless --delay 100-300',
      'standin docs/ --unknown fail --coverage coverage.json',
      'standin docs/ --stateless --workers auto',
    ],
    load: async () => (await import('./serve.js')).serve,
  },
  {
    name: 'proxy',
    summary: 'Pass requests on to a server, and say where it and the docs disagree.',
    takes: '[SOURCE…] [UPSTREAM]',
    options: [
      'upstream',
      'errors',
      'validateRequest',
      'fallback',
      'record',
      'redact',
      'upstreamTimeout',
      'upstreamProxy',
      'insecure',
      'failOnViolations',
      'watch',
      'port',
      'host',
      'https',
      'httpsCert',
      'httpsKey',
      'cors',
      'anyToken',
      'bodyLimit',
      'seed',
      'logLevel',
      'format',
      'out',
      'basePath',
      'stripBasePath',
      'sources',
      'config',
    ],
    examples: [
      'standin proxy docs/ --upstream http://localhost:3000',
      'standin proxy docs/ --watch --upstream http://localhost:3000',
      'standin proxy docs/ --upstream https://staging.example.com --errors',
      'standin proxy docs/ --upstream http://localhost:3000 --record recorded/',
      'standin proxy docs/ --upstream http://localhost:3000 --format json --out summary.json --fail-on-violations',
    ],
    load: async () => (await import('./proxy.js')).proxyCommand,
  },
  {
    name: 'openapi',
    summary: 'Print the OpenAPI document of the sources.',
    takes: '[SOURCE…]',
    options: ['out', 'basePath', 'stripBasePath', 'sources', 'config'],
    examples: ['standin openapi', 'standin openapi docs/ --out openapi.json'],
    load: async () => (await import('./openapi.js')).openapi,
  },
  {
    name: 'inspect',
    summary: 'Show what is understood of the sources, and what is not.',
    takes: '[SOURCE…]',
    options: ['format', 'out', 'basePath', 'stripBasePath', 'resources', 'sources', 'config'],
    examples: ['standin inspect docs/', 'standin inspect docs/users.md --format json'],
    load: async () => (await import('./inspect.js')).inspectCommand,
  },
  {
    name: 'contract',
    summary: 'Compile the sources to a Pact contract between a consumer and the provider.',
    takes: '[SOURCE…]',
    options: ['consumer', 'provider', 'negative', 'out', 'format', 'sources', 'config'],
    examples: [
      'standin contract --consumer web --provider onboarding --out contracts/',
      'standin contract docs/ --consumer web --provider shop --negative --out web-shop.json',
    ],
    load: async () => (await import('./contract.js')).contract,
  },
  {
    name: 'verify',
    summary: 'Hold a running provider against contracts.',
    takes: '',
    most: 0,
    options: [
      'providerBaseUrl',
      'contract',
      'states',
      'only',
      'header',
      'timeout',
      'stateTimeout',
      'insecure',
      'parallel',
      'report',
      'publish',
      'provider',
      'pactUrl',
      'selector',
      'enablePending',
      'includeWipPactsSince',
      'appVersion',
      'branch',
      'buildUrl',
      ...broker,
    ],
    examples: [
      'standin verify --provider-base-url http://localhost:8080 --contract contracts/ --states states.ts',
      'standin verify --provider-base-url http://localhost:8080 --broker-base-url https://broker --provider shop --publish',
    ],
    load: async () => (await import('./verify.js')).verify,
  },
  {
    name: 'compare',
    summary: 'Say whether a description promises all that the pacts of consumers rely on.',
    takes: 'PACT…',
    options: ['with', 'format', 'out', 'sources', 'config'],
    examples: ['standin compare pacts/ --with docs/', 'standin compare web-api.json --format json'],
    load: async () => (await import('./compare.js')).compare,
  },
  {
    name: 'diff',
    summary: 'Say which changes between two versions of a description break consumers.',
    takes: 'OLD NEW',
    most: 2,
    options: ['pact', 'format', 'out', 'config'],
    examples: ['standin diff old/docs docs', 'standin diff v1.yaml v2.yaml --pact pacts/'],
    load: async () => (await import('./diff.js')).diff,
  },
  {
    name: 'publish',
    summary: 'Publish pacts to a Pact Broker.',
    takes: '[PACT…]',
    options: ['appVersion', 'branch', 'tag', 'buildUrl', 'onConflict', ...broker],
    examples: [
      'standin publish',
      'standin publish pacts/web-api.json --app-version "$GIT_COMMIT" --branch main',
    ],
    load: async () => (await import('./publish.js')).publish,
  },
  {
    name: 'can-i-deploy',
    summary: 'Ask a Pact Broker whether a version works with all that an environment runs.',
    takes: '',
    most: 0,
    options: ['pacticipant', 'appVersion', 'environment', 'retryWhileUnknown', 'retryInterval', ...broker],
    examples: ['standin can-i-deploy --pacticipant web --environment production'],
    load: async () => (await import('./can-i-deploy.js')).canIDeployCommand,
  },
  {
    name: 'record-deployment',
    summary: 'Tell a Pact Broker that a version is deployed to an environment.',
    takes: '',
    most: 0,
    options: ['pacticipant', 'appVersion', 'environment', 'applicationInstance', ...broker],
    examples: ['standin record-deployment --pacticipant web --environment production'],
    load: async () => (await import('./record-deployment.js')).recordDeploymentCommand,
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
    name: 'check',
    summary: "Send the docs' own samples and curl commands, and compare the answers with the docs.",
    takes: '[SOURCE…]',
    options: ['format', 'only', 'out', 'anyToken', 'basePath', 'stripBasePath', 'sources', 'config'],
    examples: [
      'standin check docs/',
      'standin check docs/ --only createUser',
      'standin check docs/ --format junit',
    ],
    load: async () => (await import('./check.js')).check,
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
