import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { contractFile } from '../contract/contract-file.js'
import { type Contract, generateContract } from '../contract/generate.js'
import { errors } from '../errors.js'
import { formatSource } from '../operation/source.js'
import type { Run } from './commands.js'
import { describe } from './describe.js'
import { formatOf } from './format.js'
import type { Terminal } from './terminal.js'

/**
 * `standin contract [SOURCE…] --consumer NAME --provider NAME`: the contract to `--out`, a folder or
 * a file, and on stdout what it does not say; without `--out` the contract itself on stdout.
 */
export const contract: Run = async (invocation) => {
  const { options, positionals, terminal } = invocation
  const format = formatOf('contract', options, ['text', 'json'])
  const { consumer, provider, negative, out } = options
  if (consumer === undefined || provider === undefined) {
    const missing = consumer === undefined ? '--consumer NAME' : '--provider NAME'
    throw new errors.STANDIN_ERR_USAGE(
      `standin contract needs ${missing}: a contract is between two applications.`,
    )
  }
  const description = await describe(
    invocation,
    positionals.length > 0 ? positionals : (options.sources ?? []),
  )
  const made = generateContract(description, { consumer, provider, negative })
  if (made.interactions === 0) {
    throw new errors.STANDIN_ERR_CONTRACT_EMPTY(
      `Nothing in the docs can be asserted, so the contract would be empty. ${made.skipped[0] ? `${formatSource(made.skipped[0].source)}: ${made.skipped[0].reason}.` : ''}`.trim(),
    )
  }
  const file =
    out === undefined
      ? undefined
      : await write(made.text, out, contractFile({ consumer, provider }), terminal)
  const { text: _, ...told } = made
  const report = format === 'json' ? `${JSON.stringify({ file, ...told }, null, 2)}\n` : summary(made, file)
  if (file === undefined) terminal.stdout.write(made.text)
  ;(file === undefined ? terminal.stderr : terminal.stdout).write(report)
  return 0
}

async function write(text: string, out: string, name: string, terminal: Terminal): Promise<string> {
  const target = resolve(terminal.cwd, out)
  try {
    const isFolder = await stat(target).then(
      (entry) => entry.isDirectory(),
      () => !/\.json$/i.test(out),
    )
    await mkdir(isFolder ? target : dirname(target), { recursive: true })
    await writeFile(isFolder ? join(target, name) : target, text)
    return isFolder ? join(out, name) : out
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw Object.assign(new errors.STANDIN_ERR_OUTPUT_UNWRITABLE(out, reason), { cause: error })
  }
}

function summary({ interactions, unsupported, skipped }: Contract, file: string | undefined): string {
  const lines = [
    `${file === undefined ? '' : `${file}: `}${interactions} interaction${interactions === 1 ? '' : 's'}`,
  ]
  if (unsupported.length > 0) {
    lines.push('', 'Pact has no matcher for these; standin verify checks them by the schema:')
    lines.push(
      ...unsupported.map(
        ({ key, pointer, message }) => `  ${key} ${pointer === '' ? '(the body)' : pointer}: ${message}`,
      ),
    )
  }
  if (skipped.length > 0) {
    lines.push('', 'Documented, but not in the contract:')
    lines.push(
      ...skipped.map(
        ({ operationId, status, reason, source }) =>
          `  ${formatSource(source)} ${operationId}${status === undefined ? '' : ` ${status}`}: ${reason}`,
      ),
    )
  }
  return `${lines.join('\n')}\n`
}
