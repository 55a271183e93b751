import type { Assertion } from '../../src/contract/matchers.js'
import type { Rules } from '../../src/contract/rules.js'
import { stringifyExact } from '../../src/operation/json.js'
import { verifyWithPact } from './verifier.js'

export interface Probe {
  readonly assertion: Assertion
  /** JSON texts to hold against it. */
  readonly documents: readonly string[]
}

/**
 * What Pact's verifier says of each document: the reasons to refuse it, none where it accepts. Many
 * documents share an interaction, each as one member of its body, since a mismatch names its path.
 */
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
        body: Object.fromEntries(batch.flatMap(({ assertion }, n) => under(`p${n}`, assertion.rules))),
      },
    },
  }))
  const pact = stringifyExact({
    consumer: { name: 'probe' },
    provider: { name: 'echo' },
    interactions,
    metadata: { pactSpecification: { version: '4.0' } },
  })
  const report = await verifyWithPact(pact, (request, response) => {
    const batch = batches[Number(request.url?.slice(2))] ?? []
    response.setHeader('content-type', 'application/json')
    response.end(`{${batch.map(({ text }, n) => `"p${n}":${text}`).join(',')}}`)
  })
  const answers = probes.map(({ documents }) => documents.map((): string[] => []))
  for (const { interaction, mismatch } of report.errors) {
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

const under = (name: string, rules: Rules): [string, Rules[string]][] =>
  Object.entries(rules).map(([path, list]) => [`$.${name}${path.slice(1)}`, list])
