import { parseArgs } from 'node:util'
import { errors } from '../errors.js'
import { type Command, commands, DEFAULT_COMMAND } from './commands.js'
import { type Option, type OptionKey, optionsIn } from './options.js'
import { checked, fromText } from './values.js'

/** A command line, read. */
export interface Line {
  readonly command: Command
  /** False where the command is the default one. */
  readonly named: boolean
  readonly values: ReadonlyMap<OptionKey, unknown>
  readonly positionals: readonly string[]
  readonly help: boolean
  readonly version: boolean
}

const onLine = optionsIn('line')
const flags = ['help', 'version']

/**
 * Reads the arguments after the program's name. Throws STANDIN_ERR_USAGE for whatever it does not
 * know or cannot take. `exists` tells whether a word is a file, and so a source and no mistyped command.
 */
export async function parseLine(argv: readonly string[], exists: (path: string) => boolean): Promise<Line> {
  const tokens = tokenise(withBareNumbers(withAppVersion(withTruthValues(inOurSpelling(argv)))))
  const terminator = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? Infinity
  const lists = wordsOfLists(tokens)
  const words = tokens.flatMap((token) =>
    token.kind === 'positional' && !lists.has(token.index) ? [token] : [],
  )
  const first = words[0] !== undefined && words[0].index < terminator ? words[0].value : undefined
  const named = first === undefined ? undefined : commands.get(ALIASES.get(first) ?? first)
  if (named === undefined && first !== undefined && /^[a-z][a-z-]*$/i.test(first) && !exists(first)) {
    const { didYouMean } = await import('./nearest.js')
    throw usage(
      `There is no command "${first}", and no file of that name.${didYouMean(first, [...commands.keys()])} standin --help lists the commands.`,
    )
  }
  const command = named ?? commands.get(DEFAULT_COMMAND)
  if (command === undefined) throw new Error(`No command ${DEFAULT_COMMAND}`)

  const values = new Map<OptionKey, unknown>()
  const seen = new Set<string>()
  for (const token of tokens) {
    const list = lists.get(token.index)
    if (list !== undefined && token.kind === 'positional') {
      const before = values.get(list.key)
      values.set(list.key, [before ?? [], token.value].flat())
    }
    if (token.kind !== 'option') continue
    if (flags.includes(token.name)) seen.add(token.name)
    else {
      const option = await find(token.name, token.rawName, command)
      const value = valueOf(option, token)
      const before: unknown = option.list ? values.get(option.key) : undefined
      values.set(option.key, before === undefined ? value : [before, value].flat())
    }
  }
  const positionals = words.map(({ value }) => value).slice(named === undefined ? 0 : 1)
  if (positionals.length > (command.most ?? Infinity)) {
    throw usage(`standin ${command.name} takes ${command.takes}, got "${positionals.join(' ')}".`)
  }
  const asks = { help: seen.has('help'), version: seen.has('version') }
  return { command, named: named !== undefined, values, positionals, ...asks }
}

/** What Prism's users type. */
const ALIASES: ReadonlyMap<string, string> = new Map([['mock', 'serve']])

/** Options may be spelled as in the config file, `--bodyLimit`; Prism's `--verboseLevel` is `--log-level`. */
function inOurSpelling(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  return argv.map((word, index) => {
    const [, name = '', rest = ''] = /^--([a-z]+[A-Z]\w*)(=.*)?$/s.exec(word) ?? []
    const option = onLine.find(({ key }) => key === (name === 'verboseLevel' ? 'logLevel' : name))
    return index < end && option !== undefined ? `--${option.flag}${rest}` : word
  })
}

const isTruth = (word: string | undefined) => word === 'true' || word === 'false'
const isBoolean = (word: string | undefined) =>
  onLine.some(({ flag, boolean }) => boolean && word === `--${flag}`)

/** `--cors false` is `--cors=false`, as Prism's users write it; a source of that name is `./false`. */
function withTruthValues(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  return argv.flatMap((word, index) => {
    if (index >= end) return [word]
    if (isBoolean(word) && index + 1 < end && isTruth(argv[index + 1])) return [`${word}=${argv[index + 1]}`]
    return isTruth(word) && isBoolean(argv[index - 1]) ? [] : [word]
  })
}

/**
 * Pact's own tools call an application's version `--version`. Where a command takes one, it is meant
 * here too: to print Standin's version and succeed would be read as "may be deployed".
 */
function withAppVersion(argv: readonly string[]): string[] {
  const [first] = tokenise(argv).flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  if (first === undefined || commands.get(first)?.options.includes('appVersion') !== true) return [...argv]
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  return argv.map((word, index) => (index < end ? word.replace(/^--version(?==|$)/, '--app-version') : word))
}

/** Numbers that may be left out, where they are. */
function withBareNumbers(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  return argv.map((word, index) => {
    const option = onLine.find(({ flag, bare }) => bare !== undefined && word === `--${flag}`)
    const alone = index < end && !/^\d+$/.test(argv[index + 1] ?? '')
    return option?.bare !== undefined && alone ? `${word}=${option.bare}` : word
  })
}

type Token = ReturnType<typeof tokenise>[number]

/** Only cuts the line into tokens: parseArgs' own messages know neither the nearest name nor the command. */
const tokenise = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: Object.fromEntries([
      ...onLine.map(({ flag, boolean, short }) => [
        flag,
        {
          type: boolean ? ('boolean' as const) : ('string' as const),
          ...(short === undefined ? {} : { short }),
        },
      ]),
      ...flags.map((flag) => [flag, { type: 'boolean' as const, short: flag.charAt(0) }]),
    ]),
  }).tokens

/** The words that belong to an option before them, by their index: those of one that takes many. */
function wordsOfLists(tokens: readonly Token[]): ReadonlyMap<number, Option> {
  const found = new Map<number, Option>()
  let current: Option | undefined
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (current !== undefined) found.set(token.index, current)
    } else {
      const named = token.kind === 'option' ? onLine.find(({ flag }) => flag === token.name) : undefined
      current = named?.many === true ? named : undefined
    }
  }
  return found
}

async function find(name: string, written: string, command: Command): Promise<Option> {
  const option = onLine.find(({ flag, boolean }) => flag === name || (boolean && `no-${flag}` === name))
  if (option !== undefined && command.options.includes(option.key)) return option
  const help = `standin ${command.name} --help lists the options.`
  if (option !== undefined) {
    throw usage(`${written} is no option of standin ${command.name}. ${help}`)
  }
  const { didYouMean } = await import('./nearest.js')
  const known = optionsIn('line', command.options).flatMap(({ flag, boolean }) =>
    boolean ? [flag, `no-${flag}`] : [flag],
  )
  throw usage(`There is no option ${written}.${didYouMean(name, [...known, ...flags], '--')} ${help}`)
}

function valueOf(option: Option, token: Extract<Token, { kind: 'option' }>): unknown {
  const { rawName, value, inlineValue } = token
  if (option.boolean) {
    const negative = token.name !== option.flag
    if (value === undefined) return !negative
    if (negative) throw usage(`${rawName} takes no value, got ${JSON.stringify(value)}.`)
    return checked(option, fromText(option, value), rawName, true)
  }
  // A value that looks like an option is far more often a forgotten value.
  if (value === undefined || (!inlineValue && /^-./.test(value))) {
    throw usage(
      `${rawName} needs a value: ${rawName} ${option.value ?? 'VALUE'}.` +
        (value === undefined ? '' : ` If "${value}" is meant, write ${rawName}=${value}.`),
    )
  }
  return checked(option, fromText(option, value), rawName, true)
}

const usage = (message: string) => new errors.STANDIN_ERR_USAGE(message)
