import type { Command } from './commands.js'
import { loadConfig } from './config.js'
import { isComplete, type OptionKey, options, type Options, optionsIn } from './options.js'
import { checked, fromText } from './values.js'

/** Command line > environment > config file > default. Options that the command does not have keep their default. */
export async function resolveOptions(
  command: Command,
  line: ReadonlyMap<OptionKey, unknown>,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<Options> {
  const environment = fromEnvironment(command.options, env)
  const resolved = new Map<OptionKey, unknown>()
  for (const option of options.values())
    if (option.default !== undefined) resolved.set(option.key, option.default)
  if (command.options.includes('config')) {
    const named = line.get('config') ?? environment.get('config')
    const file = await loadConfig(typeof named === 'string' ? named : undefined, cwd)
    for (const [key, value] of file) if (command.options.includes(key)) resolved.set(key, value)
  }
  for (const [key, value] of [...environment, ...line]) resolved.set(key, value)
  const values = Object.fromEntries(resolved)
  if (!isComplete(values)) throw new Error('An option has lost its default')
  return values
}

/** A variable that is set to nothing counts as not set, as compose files and CI systems use it. */
function fromEnvironment(
  among: readonly OptionKey[],
  env: Readonly<Record<string, string | undefined>>,
): Map<OptionKey, unknown> {
  const values = new Map<OptionKey, unknown>()
  for (const option of optionsIn('environment', among)) {
    const text = env[option.variable]
    if (text === undefined || text === '') continue
    // A variable is one text: the items of a list stand between commas.
    const value = option.list ? text.split(',').map((item) => item.trim()) : fromText(option, text)
    values.set(option.key, checked(option, value, `Environment variable ${option.variable}`, false))
  }
  return values
}
