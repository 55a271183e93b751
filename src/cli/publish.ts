import { type Notice } from '../contract/broker-messages.js'
import { readPactFiles } from '../contract/pact-files.js'
import { publishContracts } from '../contract/publish.js'
import { errors } from '../errors.js'
import { brokerFor, buildFor, noticeLines } from './broker.js'
import type { Run } from './commands.js'
import { formatOf } from './format.js'
import { writeResult } from './output.js'

/** Where `standin contract` writes to. */
const FOLDER = 'contracts'

interface Publication {
  readonly published: boolean
  readonly version: string
  readonly branch?: string
  readonly pacts: readonly string[]
  readonly notices: readonly Notice[]
}

/** `standin publish [PACT…]`: 0 published, 1 refused because the same version has published something else. */
export const publish: Run = async ({ options, positionals, terminal }) => {
  const format = formatOf('publish', options, ['text', 'json'])
  const broker = brokerFor(options, terminal)
  const { tag: tags = [], onConflict } = options
  const build = buildFor(options, terminal)
  const pacts = await readPactFiles(positionals.length > 0 ? positionals : [FOLDER], terminal.cwd)
  const about = {
    version: build.version,
    ...(build.branch === undefined ? {} : { branch: build.branch }),
    pacts: pacts.map(({ file }) => file),
  }
  let result: Publication
  try {
    const notices = await publishContracts(broker, pacts, { ...build, tags, onConflict })
    result = { published: true, ...about, notices }
  } catch (error) {
    if (!(error instanceof errors.STANDIN_ERR_BROKER_CONFLICT)) throw error
    result = { published: false, ...about, notices: [{ type: 'error', text: error.message }] }
  }
  const written = format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : text(result)
  await writeResult(written, options, terminal)
  return result.published ? 0 : 1
}

function text({ published, version, branch, pacts, notices }: Publication): string {
  const count = `${pacts.length} ${pacts.length === 1 ? 'pact' : 'pacts'}`
  const as = `version ${version}${branch === undefined ? '' : ` of branch ${branch}`}`
  const last = published
    ? `Published ${count} as ${as}.`
    : `Not published as ${as}. Publish under a new version, or let the broker merge the two with --on-conflict merge.`
  return `${[...noticeLines(notices), last].join('\n')}\n`
}
