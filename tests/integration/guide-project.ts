import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { folderFor, type FolderScope } from '../folder.js'
import { bare } from '../bare.js'

/** The listings of a page that name a file in their first line, as ```` ```ts pin.test.ts ```` does. */
export function listingsOf(page: string): ReadonlyMap<string, string> {
  const found = readFileSync(page, 'utf8').matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)
  return new Map([...found].map(([, file = '', text = '']) => [file, text]))
}

export interface GuideProject {
  readonly folder: string
  /** Runs a package's program, or a file, with Node. Throws with everything it has printed where it fails. */
  run(program: string, args: readonly string[]): string
}

export interface GuideOptions {
  readonly scripts?: Readonly<Record<string, string>>
  /** Texts of the listings that are other ones here: ports, say. */
  readonly instead?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

/** What the package needs of itself when it runs. */
const INSTALLED = ['package.json', 'dist', 'fixtures/onboarding', 'docs/errors.md']

/**
 * A project as the reader of a guide has it: its listings as files, and this package, built and copied to
 * where an installed one is. Other packages are those of this repository, which the folder is in.
 */
export function guideProject(
  t: FolderScope<Record<string, string>>,
  guide: string,
  options: GuideOptions = {},
): GuideProject {
  const { scripts = {}, instead = {}, env = {} } = options
  const manifest = { name: 'guide', private: true, type: 'module', scripts }
  const folder = folderFor(t, { 'package.json': JSON.stringify(manifest) })
  for (const [file, text] of listingsOf(join('docs/guides', `${guide}.md`))) {
    const changed = Object.entries(instead).reduce((all, [from, to]) => all.replaceAll(from, to), text)
    writeFileSync(join(folder, file), changed)
  }
  for (const file of INSTALLED) {
    cpSync(file, join(folder, 'node_modules/standin', file), { recursive: true })
  }
  return {
    folder,
    run(program, args) {
      const { status, stdout, stderr } = spawnSync(...bare(process.execPath, [program, ...args]), {
        cwd: folder,
        encoding: 'utf8',
        // The test cannot end it while it waits, and what was printed so far tells where it is stuck.
        timeout: 240_000,
        killSignal: 'SIGKILL',
        env: {
          ...process.env,
          TAP: undefined,
          TAP_CHILD_ID: undefined,
          NODE_TEST_CONTEXT: undefined,
          ...env,
        },
      })
      if (status !== 0) throw new Error(`${program} ended with ${String(status)}\n${stdout}\n${stderr}`)
      return stdout
    },
  }
}

/** A port that was free a moment ago, for programs that have to be told one. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new TypeError('No port')
  return address.port
}
