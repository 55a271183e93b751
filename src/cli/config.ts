import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, extname, isAbsolute, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { errors } from '../errors.js'
import { type OptionKey, optionsIn } from './options.js'
import { checked } from './values.js'

const names = ['standin.config.json', 'standin.config.ts', 'standin.config.js']

export type ConfigValues = ReadonlyMap<OptionKey, unknown>

/**
 * The config file's values, each checked: of the file that is named (relative to `cwd`), else of the
 * one in `cwd`, else none. Paths in it are relative to the file. Throws STANDIN_ERR_CONFIG.
 */
export async function loadConfig(named: string | undefined, cwd: string): Promise<ConfigValues> {
  const file = named ?? find(cwd)
  if (file === undefined) return new Map()
  const path = resolve(cwd, file)
  if (!existsSync(path)) throw fail(file, 'there is no such file; correct --config, or leave it out')
  const value = await read(path, file)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw fail(file, 'expected an object of options, such as { "port": 8080 }')
  }
  const known = new Map(optionsIn('file').map((option) => [option.key as string, option]))
  const values = new Map<OptionKey, unknown>()
  for (const [key, member] of Object.entries(value)) {
    const option = known.get(key)
    if (option === undefined) {
      const { didYouMean } = await import('./nearest.js')
      throw fail(
        file,
        `there is no option "${key}".${didYouMean(key, [...known.keys()])} docs/guides/configuration.md lists them.`,
      )
    }
    if (member === undefined) continue
    values.set(
      option.key,
      fromFile(option.key, checked(option, member, `${file}, "${key}"`, false), dirname(path), cwd),
    )
  }
  return values
}

function find(cwd: string): string | undefined {
  const found = names.filter((name) => existsSync(resolve(cwd, name)))
  if (found.length > 1) throw fail(found.join(' and '), 'keep one of them, or choose with --config FILE')
  return found[0]
}

async function read(path: string, file: string): Promise<unknown> {
  const extension = extname(path)
  if (extension === '.json') return parse(await readText(path, file), file)
  if (!['.ts', '.mts', '.js', '.mjs', '.cjs'].includes(extension)) {
    throw fail(file, 'a config file ends in .json, .ts or .js')
  }
  try {
    // Node before 22.18 does not read TypeScript; jiti does everywhere, and is loaded for it alone.
    const module: unknown = extension.endsWith('ts')
      ? await (await import('jiti')).createJiti(pathToFileURL(path).href).import(path)
      : await import(pathToFileURL(path).href)
    if (module !== null && typeof module === 'object' && 'default' in module) return await module.default
  } catch (error) {
    throw fail(file, `it cannot be loaded (${messageOf(error)})`, error)
  }
  throw fail(file, 'it has no default export; write export default { port: 8080 }')
}

async function readText(path: string, file: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '')
  } catch (error) {
    throw fail(file, `it cannot be read (${messageOf(error)})`, error)
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = messageOf(error)
    const position = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length)
    const line = text.slice(0, position).split('\n').length
    throw fail(
      `${file}:${line}`,
      `it is not JSON (${message.replace(/ \(line \d+ column \d+\)/, '')})`,
      error,
    )
  }
}

/** Options that name a file or a folder. */
const FILES: ReadonlySet<string> = new Set(['httpsCert', 'httpsKey', 'record', 'scenarios'])

/** Moves a relative path from the file's folder to the working directory, where everything else is relative to. */
function fromFile(key: OptionKey, value: unknown, folder: string, cwd: string): unknown {
  const move = (path: string) =>
    folder === cwd || isAbsolute(path) || /^\w+:\/\//.test(path)
      ? path
      : relative(cwd, resolve(folder, path)) || '.'
  if (FILES.has(key) && typeof value === 'string') return move(value)
  if (key === 'coverage' && typeof value === 'string') return value === '-' ? value : move(value)
  if (key === 'store' && typeof value === 'string') return value === 'memory' ? value : move(value)
  if (key === 'sources' && Array.isArray(value)) return value.map((source) => move(String(source)))
  if ((key === 'basePath' || key === 'stripBasePath') && Array.isArray(value)) {
    return value.map((rule) =>
      String(rule).replace(/^(.+)(=[^=]*)$/, (_, source, path) => `${move(source)}${path}`),
    )
  }
  return value
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function fail(where: string, what: string, cause?: unknown): Error {
  const error = new errors.STANDIN_ERR_CONFIG(where, what)
  if (cause !== undefined) error.cause = cause
  return error
}
