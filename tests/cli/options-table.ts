import { spelling } from '../../src/cli/help.js'
import { type Option, options, type Place } from '../../src/cli/options.js'

const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``

const name = ({ places }: Option, place: Place, text: string) =>
  places === undefined || places.includes(place) ? code(text) : ''

/** The options as the Markdown table that stands in docs/guides/configuration.md. */
export function optionsTable(): string {
  const rows = [...options.values()].map((option) =>
    [
      name(option, 'line', spelling(option).trim()),
      name(option, 'environment', option.variable),
      name(option, 'file', option.key),
      option.default === undefined ? '' : code(JSON.stringify(option.default)),
      option.description,
    ].join(' | '),
  )
  const head = ['Command line | Environment | Config file | Default | Meaning', '--- | --- | --- | --- | ---']
  return [...head, ...rows].map((row) => `| ${row} |`).join('\n')
}
