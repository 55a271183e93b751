import { type Static, Type } from '@sinclair/typebox'
import type { ResourceOverrides } from '../respond/resource/overrides.js'
import { brokerOptionSchemas } from './broker-options.js'
import { compareOptionSchemas } from './compare-options.js'
import { contractOptionSchemas } from './contract-options.js'
import { httpsOptionSchemas } from './https-options.js'
import { journalOptionSchemas } from './journal-options.js'
import { lintOptionSchemas } from './lint-options.js'
import { type Hints, hints, type Place } from './option-hints.js'
import { operateOptionSchemas } from './operate-options.js'
import { pathsOption } from './paths-option.js'
import { proxyOptionSchemas } from './proxy-options.js'
import { publishOptionSchemas } from './publish-options.js'
import { steeringOptionSchemas } from './steering-options.js'
import { storeOptionSchemas } from './store-options.js'
import { verifyOptionSchemas } from './verify-options.js'

export type { Place } from './option-hints.js'

const levels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

const formats = ['text', 'json', 'junit', 'sarif', 'github'] as const

/**
 * Every option of every command, once: the command line (`--body-limit`), the environment
 * (`STANDIN_BODY_LIMIT`), the config file (`bodyLimit`), `--help` and the guide are all made from it.
 */
export const OptionsSchema = Type.Object(
  {
    port: Type.Integer({
      minimum: 0,
      maximum: 65535,
      default: 10000,
      ...hints({
        description: 'Port to listen on; 0 picks a free one and prints it.',
        value: 'PORT',
        short: 'p',
      }),
    }),
    host: Type.String({
      minLength: 1,
      default: '127.0.0.1',
      ...hints({ description: 'Address to listen on; 0.0.0.0 opens it to the network.', value: 'ADDRESS' }),
    }),
    ...storeOptionSchemas,
    stateless: Type.Boolean({
      default: false,
      ...hints({
        description: 'Keep no state: replay the documented examples, accept any well-formed token.',
      }),
    }),
    anyToken: Type.Boolean({
      default: false,
      ...hints({ description: 'Accept every token, not only those that were issued here.' }),
    }),
    cors: Type.Boolean({
      default: true,
      ...hints({ description: 'CORS, which lets pages of any origin call the API.' }),
    }),
    delay: Type.Union([Type.Integer({ minimum: 0 }), Type.String({ format: 'range' })], {
      default: 0,
      ...hints({
        description: 'Milliseconds added to each reply, or a range to pick from.',
        value: 'MS|MIN-MAX',
        expected: 'milliseconds (200) or a range of them (100-300)',
      }),
    }),
    logLevel: Type.Union(
      levels.map((level) => Type.Literal(level)),
      {
        default: 'info',
        ...hints({ description: `How much is logged to stderr: ${levels.join(', ')}.`, value: 'LEVEL' }),
      },
    ),
    echo: Type.Boolean({
      default: false,
      ...hints({ description: 'Write the identifiers of the path into the example that is replayed.' }),
    }),
    dynamic: Type.Boolean({
      default: false,
      ...hints({
        description: 'Make the body of each reply anew from its schema, whatever example there is.',
        short: 'd',
      }),
    }),
    ignoreExamples: Type.Boolean({
      default: false,
      ...hints({
        description: 'Leave the examples of replies out of account, as though the docs had none.',
      }),
    }),
    errors: Type.Boolean({
      default: false,
      ...hints({
        description:
          'Answer with an error where a reply breaks its own schema, and in the proxy where a request or a reply breaks the docs, instead of only saying so.',
      }),
    }),
    seed: Type.Union([Type.Integer(), Type.String()], {
      default: '',
      ...hints({
        description: 'The same seed makes the same data where the docs show no example.',
        value: 'SEED',
        expected: 'a text or a whole number',
      }),
    }),
    bodyLimit: Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 1024 * 1024,
      ...hints({
        description: 'Largest request body that is read, in bytes.',
        value: 'BYTES',
        expected: 'a number of bytes, at least 1',
      }),
    }),
    docsPath: Type.String({
      pattern: '^(/.*|off)$',
      default: '/docs',
      ...hints({
        description: 'Path of the reference page, or off.',
        value: 'PATH|off',
        expected: 'a path that begins with /, or off',
      }),
    }),
    openapiPath: Type.String({
      pattern: '^(/.*|off)$',
      default: '/openapi.json',
      ...hints({
        description: 'Path of the OpenAPI document, or off.',
        value: 'PATH|off',
        expected: 'a path that begins with /, or off',
      }),
    }),
    sources: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        ...hints({
          description: 'What to stand in for, where the command line names nothing.',
          value: 'SOURCE',
          places: ['file'],
          expected: 'a list of files or folders',
        }),
      }),
    ),
    config: Type.Optional(
      Type.String({
        minLength: 1,
        ...hints({
          description:
            'Config file to read instead of standin.config.json, .ts or .js in the working directory.',
          value: 'FILE',
          places: ['line', 'environment'],
        }),
      }),
    ),
    format: Type.Union(
      formats.map((format) => Type.Literal(format)),
      {
        default: 'text',
        ...hints({
          description: 'How the result is written; which forms there are depends on the command.',
          value: 'FORMAT',
          places: ['line', 'environment'],
        }),
      },
    ),
    ...lintOptionSchemas,
    resources: Type.Optional(
      // What is in it is checked against the description, which is read later.
      Type.Unsafe<ResourceOverrides>({
        type: ['object', 'boolean'],
        ...hints({
          description:
            'What operations do to resources, by operation id, where the docs alone do not say it.',
          places: ['file'],
          expected: 'false, or an object of operation ids, each with false or { collection, action }',
        }),
      }),
    ),
    watch: Type.Boolean({
      default: false,
      ...hints({ description: 'Serve the sources anew when they change on disk; state is kept.' }),
    }),
    basePath: pathsOption(
      'Path that stands before every path of a source, in place of what the source says.',
    ),
    stripBasePath: pathsOption('Path that is taken off the beginning of every path of a source.'),
    out: Type.Optional(
      Type.String({
        minLength: 1,
        ...hints({
          description: 'Where to write: a file instead of stdout, or for import a folder.',
          value: 'PATH',
          places: ['line'],
        }),
      }),
    ),
    ...httpsOptionSchemas,
    ...proxyOptionSchemas,
    ...steeringOptionSchemas,
    ...journalOptionSchemas,
    ...operateOptionSchemas,
    ...contractOptionSchemas,
    ...verifyOptionSchemas,
    ...compareOptionSchemas,
    ...brokerOptionSchemas,
    ...publishOptionSchemas,
  },
  { additionalProperties: false },
)
export type Options = Static<typeof OptionsSchema>
export type OptionKey = keyof Options

/** The part of JSON Schema that the options use. */
interface OptionSchema extends Partial<Hints> {
  readonly type?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly anyOf?: readonly { readonly type?: string; readonly const?: unknown }[]
  readonly default?: unknown
}

/** One option with its names everywhere. */
export interface Option extends Hints {
  readonly key: OptionKey
  /** `body-limit`, without dashes in front. */
  readonly flag: string
  /** `STANDIN_BODY_LIMIT`. */
  readonly variable: string
  readonly boolean: boolean
  /** May be given several times; what is given is collected. */
  readonly list: boolean
  readonly default: unknown
  readonly schema: OptionSchema
}

const words = (key: string, separator: string) =>
  key.replace(/[A-Z]/g, (letter) => `${separator}${letter.toLowerCase()}`)

const isKey = (key: string): key is OptionKey => Object.hasOwn(OptionsSchema.properties, key)
const keys = Object.keys(OptionsSchema.properties).filter(isKey)

function describe(key: OptionKey): Option {
  const schema: OptionSchema = OptionsSchema.properties[key]
  const { description = '', value, short, places, expected, many, bare } = schema
  return {
    key,
    flag: words(key, '-'),
    variable: `STANDIN_${words(key, '_').toUpperCase()}`,
    boolean: schema.type === 'boolean',
    list: schema.type === 'array',
    default: schema.default,
    schema,
    description,
    ...(value === undefined ? {} : { value }),
    ...(short === undefined ? {} : { short }),
    ...(places === undefined ? {} : { places }),
    ...(expected === undefined ? {} : { expected }),
    ...(many === undefined ? {} : { many }),
    ...(bare === undefined ? {} : { bare }),
  }
}

export const options: ReadonlyMap<OptionKey, Option> = new Map(keys.map((key) => [key, describe(key)]))

/** True for a set of values that lacks none of those that have a default; each has been checked by itself. */
export const isComplete = (values: object): values is Options =>
  [...options.values()].every((option) => option.default === undefined || option.key in values)

/** The options that may stand in a place, out of those given by key or out of all. */
export const optionsIn = (place: Place, among: readonly OptionKey[] = keys): Option[] =>
  [...options.values()].filter(({ key, places }) => among.includes(key) && (places?.includes(place) ?? true))
