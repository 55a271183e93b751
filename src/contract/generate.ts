import type { ApiDescription } from '../operation/description.js'
import { type Case, documentedCases, type Skipped, subjectOf, writeInteraction } from './interactions.js'
import { negativeCases } from './negative.js'
import { type Interaction, SPECIFICATION } from './pact.js'
import { byText, uniqueTexts } from './text.js'
import type { Unsupported } from './unsupported.js'
import { writeJson } from './value.js'

export interface ContractOptions {
  readonly consumer: string
  readonly provider: string
  /** Also what the schemas rule out, and what they leave free. */
  readonly negative?: boolean
}

export interface Contract {
  /** The Pact file: the same text for the same description. Ends with a line break. */
  readonly text: string
  /** How many interactions it holds. */
  readonly interactions: number
  /** Constraints that Pact's matchers cannot assert, each with the interaction whose schema holds it. */
  readonly unsupported: readonly (Unsupported & { readonly key: string; readonly operationId: string })[]
  readonly skipped: readonly Skipped[]
}

/** Compiles a description to a Pact file (specification version 4). Nothing is asserted that the docs do not say. */
export function generateContract(description: ApiDescription, options: ContractOptions): Contract {
  const uniqueKey = uniqueTexts('-')
  const uniqueDescription = uniqueTexts(' ')
  const name = namer(description)
  const interactions: Interaction[] = []
  const unsupported: Contract['unsupported'][number][] = []
  const skipped: Skipped[] = []
  const operations = description.operations.toSorted((a, b) => byText(orderOf(a), orderOf(b)))
  for (const operation of operations) {
    const subject = subjectOf(operation, description)
    const cases: Case[] = documentedCases(subject, (one) => skipped.push(one))
    if (options.negative) cases.push(...negativeCases(subject, (one) => skipped.push(one)))
    const carriers = new Map<string, string>()
    for (const one of cases) {
      const key = uniqueKey(`${operation.operationId}-${one.key}`)
      const carried = `${one.status} ${one.expectation.mediaType}`
      const earlier = carriers.get(carried)
      const schemaOf = one.expectation.schema === undefined ? undefined : earlier
      if (earlier === undefined) {
        carriers.set(carried, key)
        for (const limit of one.expectation.unsupported)
          unsupported.push({ key, operationId: operation.operationId, ...limit })
      }
      const description = uniqueDescription(`${name(operation)} ${one.says}`)
      interactions.push(writeInteraction(subject, one, { key, description, schemaOf }))
    }
  }
  return { text: pactText(options, interactions), interactions: interactions.length, unsupported, skipped }
}

/** A pact's file: interactions by their keys, members always in the same order. @param about what `metadata` holds besides */
export function pactText(
  { consumer, provider }: Pick<ContractOptions, 'consumer' | 'provider'>,
  interactions: readonly Interaction[],
  about: Readonly<Record<string, unknown>> = {},
): string {
  const pact = {
    consumer: { name: consumer },
    interactions: interactions.toSorted((a, b) => byText(a.key, b.key)),
    metadata: { pactSpecification: { version: SPECIFICATION }, ...about },
    provider: { name: provider },
  }
  return `${writeJson(pact)}\n`
}

const orderOf = ({ path, method, operationId }: ApiDescription['operations'][number]): string =>
  `${path} ${method} ${operationId}`

/** What a person calls an operation: its summary, where no other has the same. */
export function namer({
  operations,
}: ApiDescription): (operation: ApiDescription['operations'][number]) => string {
  const counts = new Map<string | undefined, number>()
  for (const { summary } of operations) counts.set(summary, (counts.get(summary) ?? 0) + 1)
  return ({ summary, method, path }) =>
    summary !== undefined && summary.length <= 60 && counts.get(summary) === 1
      ? summary.replace(/\.$/, '')
      : `${method} ${path}`
}
