import { append } from '../../operation/append.js'
import type { Finding } from '../../operation/finding.js'
import type { Response } from '../../operation/operation.js'
import type { SourceLocation } from '../../operation/source.js'
import { contentOf } from './bodies.js'
import { type ExampleNames, examplesOf } from './examples.js'
import type { BlockFacts, LabelledSample, ResponseFacts } from './facts.js'
import { fieldParameters } from './field-parameters.js'
import { OK, readStatus } from './statuses.js'
import { isFailure } from './words.js'

interface Grouped {
  status: string
  parts: ResponseFacts[]
  /** Label of each part that has one, else its own code. */
  labels: string[]
}

/** The replies of a block by status, samples from its tabs with those in the block itself. */
export function responsesOf(
  facts: BlockFacts,
  names: ExampleNames,
): { responses: Response[]; findings: Finding[] } {
  const findings: Finding[] = []
  const groups = groupByStatus(facts, findings)
  const responses = groups.map((group) => responseOf(group, names, findings))
  return { responses, findings }
}

function groupByStatus(facts: BlockFacts, findings: Finding[]): Grouped[] {
  const groups = new Map<string, Grouped>()
  const put = (status: string, part: ResponseFacts, label: string): void => {
    const group = groups.get(status) ?? { status, parts: [], labels: [] }
    group.parts.push(part)
    group.labels.push(label)
    groups.set(status, group)
  }
  const unnamed: ResponseFacts[] = []
  for (const part of facts.responses) {
    const inSample = part.samples.find(({ sample }) => sample.status !== undefined)?.sample.status
    const { status, description, code } = readStatus(part.statusText ?? inSample ?? '')
    if (status === undefined && code === undefined) {
      unnamed.push(part)
      continue
    }
    if (status === undefined) {
      findings.push(notHttp(code ?? '', part.source))
      put(OK, part, code ?? '')
      continue
    }
    const first = groups.get(status)?.parts[0]
    if (
      first !== undefined &&
      part.label === '' &&
      first.label === '' &&
      part.samples.length > 0 &&
      first.samples.length > 0
    ) {
      findings.push(twice(status, first.source, part.source))
    }
    const described =
      part.description === undefined && description !== undefined ? { ...part, description } : part
    put(status, described, part.label || (described.description ?? ''))
  }
  // A sample that is only called a response belongs to the success that the page documents.
  for (const part of unnamed.toSorted((a, b) => Number(isFailure(a.label)) - Number(isFailure(b.label)))) {
    const success = [...groups.keys()].filter((status) => status.startsWith('2')).toSorted()[0]
    put(success ?? OK, part, part.label)
  }
  return [...groups.values()]
}

function responseOf({ status, parts, labels }: Grouped, names: ExampleNames, findings: Finding[]): Response {
  const samples = parts.flatMap((part, i) =>
    part.samples.map(({ label, sample }): LabelledSample => ({ label: label || (labels[i] ?? ''), sample })),
  )
  const fields = parts.flatMap((part) => fieldParameters(part.fields))
  const source = parts[0]?.source ?? { file: '', line: 1 }
  const examples = examplesOf(samples, names, status)
  const { content, findings: inferred } = contentOf(examples, fields, [], source)
  append(findings, inferred)
  for (const { sample } of samples) if (sample.kind !== 'placeholder') append(findings, sample.findings)
  const response: Response = { status, headers: [], content, source }
  const description = parts.map((part) => part.description).find((text) => text !== undefined && text !== '')
  if (description !== undefined) response.description = description
  if (content.length > 0 || status === '204' || status === '304') return response
  const placeholder = samples.find(({ sample }) => sample.kind === 'placeholder')?.sample
  response.undocumentedBody =
    placeholder === undefined
      ? 'no body is shown for this status'
      : 'only a placeholder is shown in place of a body'
  if (placeholder !== undefined) {
    findings.push({
      rule: 'placeholder-response',
      severity: 'warning',
      message: `The response ${status} shows only a placeholder, so its body is not documented. Put a real sample there.`,
      source: placeholder.source,
    })
  }
  return response
}

const notHttp = (code: string, source: SourceLocation): Finding => ({
  rule: 'status-not-http',
  severity: 'warning',
  message: `\`${code}\` is no HTTP status; the reply is taken for one of status ${OK} with that code.`,
  source,
})

const twice = (status: string, first: SourceLocation, source: SourceLocation): Finding => ({
  rule: 'status-duplicate',
  severity: 'warning',
  message: `The status ${status} is documented twice, first in line ${first.line}; both samples are examples of it.`,
  source,
})
