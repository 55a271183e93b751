import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bare } from '../bare.js'

export interface VerifierReport {
  readonly result: boolean
  readonly errors: readonly {
    readonly interaction: string
    readonly mismatch: {
      readonly message?: string
      readonly mismatches?: readonly {
        readonly type?: string
        readonly path?: string
        readonly mismatch?: string
      }[]
    }
  }[]
  readonly interactionResults: readonly { readonly interactionKey: string; readonly result: string }[]
}

/** Holds a provider against a pact with Pact's own verifier; states are set at `/_states` of the same server. */
export async function verifyWithPact(
  pact: string,
  provider: RequestListener,
  states = false,
): Promise<VerifierReport> {
  const server = createServer(provider)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const folder = await mkdtemp(join(tmpdir(), 'standin-verifier-'))
  try {
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const file = join(folder, 'pact.json')
    const output = join(folder, 'output.json')
    await writeFile(file, pact)
    const url = `http://127.0.0.1:${port}`
    const script = fileURLToPath(new URL('engine-child.js', import.meta.url))
    const args = [script, url, file, output, ...(states ? [`${url}/_states`] : [])]
    const child = spawn(...bare(process.execPath, args), {
      stdio: 'ignore',
      env: { PATH: process.env.PATH, PACT_DO_NOT_TRACK: 'true' },
    })
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', () => resolve())
    })
    const text = await readFile(output, 'utf8')
    const report: VerifierReport = JSON.parse(text)
    return { ...report, errors: report.errors ?? [], interactionResults: report.interactionResults ?? [] }
  } finally {
    server.close()
    server.closeAllConnections()
    await rm(folder, { recursive: true, force: true })
  }
}
