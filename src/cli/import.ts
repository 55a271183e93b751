import { join, relative, resolve, sep } from 'node:path'
import { errors } from '../errors.js'
import type { Finding } from '../operation/finding.js'
import type { Run } from './commands.js'
import { type FolderChange, writeFolder } from './generated-folder.js'

/** `standin import SOURCE… --out DIR`: the API of the sources as modules that a team commits. */
export const importSources: Run = async ({ options, positionals, terminal, createStandin }) => {
  const { config: _config, out, sources: configured = [], ...rest } = options
  const sources = positionals.length > 0 ? positionals : configured
  if (out === undefined) throw usage('standin import needs a folder to write to: --out DIR.')
  if (sources.length === 0)
    throw usage('standin import needs something to import: standin import docs/ --out DIR.')
  const folder = resolve(terminal.cwd, out)
  const around = sources.find((source) => isInside(folder, resolve(terminal.cwd, source)))
  if (around !== undefined) {
    throw usage(
      `--out ${out} lies inside the source ${around}, where it would be read as documentation next time. Give a folder outside.`,
    )
  }
  const standin = await createStandin({ ...rest, store: 'memory', sources, logger: false })
  try {
    const { description } = standin
    const { emitTypeBox } = await import('../emit/typebox.js')
    const openapi = { path: 'openapi.json', text: await standin.openapi(), written: 'always' } as const
    const changes = await writeFolder(folder, out, [...emitTypeBox(description), openapi])
    const count = `${description.operations.length} operation${description.operations.length === 1 ? '' : 's'}`
    terminal.stdout.write(
      [
        `Imported ${description.title}: ${count} into ${out}`,
        ...changes.map(changeLine),
        findingsLine(description.findings, join(out, 'findings.ts')),
        `Serve it with: standin serve ${out}`,
        '',
      ].join('\n'),
    )
    return description.findings.some(({ severity }) => severity === 'error') ? 1 : 0
  } finally {
    await standin.close()
  }
}

const changeLine = ({ change, path, note }: FolderChange): string =>
  `  ${change.padEnd(9)}  ${path}${note === undefined ? '' : ` (${note})`}`

function findingsLine(findings: readonly Finding[], file: string): string {
  if (findings.length === 0) return 'Findings: none'
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`]
  })
  return `Findings: ${counts.join(', ')}, listed in ${file}`
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path
}

const usage = (message: string) => new errors.STANDIN_ERR_USAGE(message)
