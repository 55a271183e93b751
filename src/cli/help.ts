import { type Command, commands, DEFAULT_COMMAND, type Run } from './commands.js'
import { errors } from '../errors.js'
import { type Option, optionsIn } from './options.js'

/** `standin help [COMMAND]`. */
export const help: Run = async ({ positionals: [name], terminal }) => {
  const command = name === undefined ? undefined : commands.get(name)
  if (name !== undefined && command === undefined) {
    const { didYouMean } = await import('./nearest.js')
    throw new errors.STANDIN_ERR_USAGE(
      `There is no command "${name}".${didYouMean(name, [...commands.keys()])} standin --help lists the commands.`,
    )
  }
  terminal.stdout.write(helpText(command))
  return 0
}

/** The text of `standin COMMAND --help`; without a command, of `standin --help`. */
export function helpText(command?: Command): string {
  const shown = command ?? commands.get(DEFAULT_COMMAND)
  const lines = ["Standin stands in for an API, from that API's own documentation.", '']
  if (command === undefined) {
    lines.push('Usage: standin [COMMAND] [SOURCE…] [OPTIONS]', '', 'Commands:')
    lines.push(
      ...columns([...commands.values()].map(({ name, takes, summary }) => [`${name} ${takes}`, summary])),
    )
    lines.push('', `Options of ${DEFAULT_COMMAND}:`)
  } else {
    lines.push(
      command.summary,
      '',
      `Usage: standin ${command.name} ${command.takes} [OPTIONS]`,
      '',
      'Options:',
    )
  }
  const rows = optionsIn('line', shown?.options ?? []).map((option) => [
    spelling(option),
    explanation(option),
  ])
  lines.push(...columns([...rows, ['-h, --help', 'Show this text.'], ['-v, --version', 'Show the version.']]))
  if (shown?.takes.includes('SOURCE')) lines.push('', ...sourcesText)
  if (rows.length > 0) lines.push('', ...placesText)
  if (shown !== undefined) lines.push('', 'Examples:', ...shown.examples.map((example) => `  ${example}`))
  return `${lines.join('\n')}\n`
}

const sourcesText = [
  'A SOURCE is a file or a folder that documents an API. Without one, the bundled onboarding API is used.',
]
const placesText = [
  'An option may also be set in the environment (--body-limit is STANDIN_BODY_LIMIT) or in',
  'standin.config.json, .ts or .js ("bodyLimit"). The command line wins, then the environment.',
]

/** `-p, --port PORT`; a boolean that is on by default is shown by the form that turns it off. */
export function spelling({ flag, short, value, boolean, many, default: preset }: Option): string {
  const name = boolean && preset === true ? `--no-${flag}` : `--${flag}`
  return `${short === undefined ? '    ' : `-${short}, `}${name}${value === undefined ? '' : ` ${value}${many === true ? '…' : ''}`}`
}

function explanation({ description, boolean, default: preset }: Option): string {
  if (boolean) return preset === true ? `Turn off ${description}` : description
  return preset === undefined ? description : `${description} [${JSON.stringify(preset).replaceAll('"', '')}]`
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([first = '']) => first.length))
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`.trimEnd())
}
