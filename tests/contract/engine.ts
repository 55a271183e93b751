import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Assertion } from '../../src/contract/matchers.js'
import type { Rules } from '../../src/contract/rules.js'
import { stringifyExact } from '../../src/operation/json.js'

export interface Probe {
  readonly assertion: Assertion
  /** JSON texts to hold against it. */
  readonly documents: readonly string[]
}

interface Mismatch {
  readonly path?: string
  readonly mismatch?: string
}

/** What Pact's verifier says of each document: the reasons to refuse it, none where it accepts. */
export async function askEngine(probes: readonly Probe[], perInteraction = 250): Promise<string[][][]> {
  const asked = probes.flatMap(({ assertion, documents }, probe) =>
    documents.map((text, document) => ({ assertion, text, probe, document })),
  )
  const batches: (typeof asked)[] = []
  for (let at = 0; at < asked.length; at += perInteraction) batches.push(asked.slice(at, at + perInteraction))
  const interactions = batches.map((batch, index) => ({
    type: 'Synchronous/HTTP',
    key: `batch${index}`,
    description: `batch ${index}`,
    request: { method: 'GET', path: `/b${index}` },
    response: {
      status: 200,
      body: {
        content: Object.fromEntries(batch.map(({ assertion }, n) => [`p${n}`, assertion.example])),
        contentType: 'application/json',
        encoded: false,
      },
      matchingRules: {
        body: Object.assign({}, ...batch.map(({ assertion }, n) => under(`p${n}`, assertion.rules))) as Rules,
      },
    },
  }))
  const report = JSON.parse(
    await runChild(
      batches.map((batch) => `{${batch.map(({ text }, n) => `"p${n}":${text}`).join(',')}}`),
      stringifyExact({
        consumer: { name: 'probe' },
        provider: { name: 'echo' },
        interactions,
        metadata: { pactSpecification: { version: '4.0' } },
      }),
    ),
  ) as { errors?: { interaction: string; mismatch: { mismatches?: Mismatch[]; message?: string } }[] }
  const answers = probes.map(({ documents }) => documents.map((): string[] => []))
  for (const { interaction, mismatch } of report.errors ?? []) {
    const batch = batches[Number(/\d+/.exec(interaction)?.[0])]
    for (const { path, mismatch: reason } of mismatch.mismatches ?? [
      { path: '', mismatch: mismatch.message ?? '' },
    ]) {
      const asked = batch?.[Number(/^\$\.p(\d+)/.exec(path ?? '')?.[1])]
      if (!asked) throw new Error(`The engine could not run ${interaction}: ${reason}`)
      answers[asked.probe]?.[asked.document]?.push(`${path}: ${reason}`)
    }
  }
  return answers
}

const under = (name: string, rules: Rules): Rules =>
  Object.fromEntries(Object.entries(rules).map(([path, list]) => [`$.${name}${path.slice(1)}`, list]))

async function runChild(groups: readonly string[], pact: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'standin-engine-'))
  try {
    const [input, output, file] = ['input.json', 'output.json', 'pact.json'].map((name) =>
      join(folder, name),
    ) as [string, string, string]
    await writeFile(file, pact)
    await writeFile(input, JSON.stringify({ groups, pact: file }))
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('engine-child.js', import.meta.url)), input, output],
      {
        stdio: 'ignore',
        env: { PATH: process.env.PATH, PACT_DO_NOT_TRACK: 'true' },
      },
    )
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', () => resolve())
    })
    return await readFile(output, 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
