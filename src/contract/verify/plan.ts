import { Value } from '@sinclair/typebox/value'
import { errors } from '../../errors.js'
import { isObject } from '../../operation/json-object.js'
import type { SourceLocation } from '../../operation/source.js'
import { InteractionComment } from '../comment.js'
import type { PactSource } from '../pact-reader.js'
import { memberOf, parsed, writeJson } from '../value.js'

/** A pact to hold a provider against. */
export interface ContractSource extends PactSource {
  /** Set for a pact that is new to the provider: what fails in it does not fail the run. */
  readonly pending?: boolean
}

/** One HTTP interaction that will be verified. */
export interface PlannedInteraction {
  /** Its number in the run, under which Pact's verifier knows it. */
  readonly index: number
  readonly pact: string
  readonly consumer: string
  readonly provider: string
  readonly key: string
  readonly description: string
  readonly method: string
  readonly path: string
  readonly pending: boolean
  /** What a contract of ours carries; undefined for one that another tool wrote. */
  readonly comment: InteractionComment | undefined
  /** The schema of the response body, its own or the one that it shares. */
  readonly schema: unknown
  /** Its place in the pact, for what has no place in docs. */
  readonly source: SourceLocation
  readonly states: readonly unknown[]
  /** Names of values that a provider state must return. */
  readonly stateValues: readonly string[]
  readonly raw: Readonly<Record<string, unknown>>
  /** `4.0`, or what the pact says of itself. */
  readonly specification: string
}

/** The state that is set up before all others of an interaction. It tells which interaction begins. */
export const BEGIN = 'standin begins'

/** @throws STANDIN_ERR_PACT_UNREADABLE, STANDIN_ERR_CONTRACT_EMPTY where no interaction is left */
export function planRun(contracts: readonly ContractSource[], only: readonly string[]): PlannedInteraction[] {
  const all: PlannedInteraction[] = []
  for (const contract of contracts) all.push(...planPact(contract, all.length))
  if (all.length === 0) {
    const files = contracts.map(({ file }) => file).join(', ')
    throw new errors.STANDIN_ERR_CONTRACT_EMPTY(
      `${files}: there is no HTTP interaction in it, so nothing would be verified.`,
    )
  }
  if (only.length === 0) return all
  const chosen = all.filter((one) => namesOf(one).some((name) => only.includes(String(name))))
  if (chosen.length > 0) return chosen
  const known = [...new Set(all.map((one) => namesOf(one)[0]))].join(', ')
  throw new errors.STANDIN_ERR_CONTRACT_EMPTY(
    `--only ${only.join(', ')} leaves nothing to verify. It takes an operation (${known}), a consumer, a provider state or the key of an interaction.`,
  )
}

/** What `--only` knows an interaction by; the operation comes first. */
const namesOf = ({ comment, method, path, consumer, key, states }: PlannedInteraction): unknown[] => [
  comment?.operationId ?? `${method} ${path}`,
  consumer,
  key,
  ...states.map((state) => memberOf(state, 'name')),
]

function planPact(contract: ContractSource, first: number): PlannedInteraction[] {
  const { file, text } = contract
  const pact = parsed(text)
  const [consumer, provider] = ['consumer', 'provider'].map((party) =>
    memberOf(memberOf(pact, party), 'name'),
  )
  const reject = (reason: string): never => {
    throw new errors.STANDIN_ERR_PACT_UNREADABLE(file, reason)
  }
  if (pact === undefined) return reject('it is not JSON')
  if (typeof consumer !== 'string' || typeof provider !== 'string')
    return reject('it does not name a consumer and a provider')
  const list = memberOf(pact, 'interactions') ?? []
  if (!Array.isArray(list)) return reject('its interactions are no list')
  const specification = memberOf(memberOf(memberOf(pact, 'metadata'), 'pactSpecification'), 'version')
  const schemas = new Map(list.map((one: unknown) => [memberOf(one, 'key'), commentOf(one)?.schema]))
  const lines = new Lines(text)
  return list.flatMap((raw: unknown, at): PlannedInteraction[] => {
    const type = memberOf(raw, 'type')
    if (type !== undefined && type !== 'Synchronous/HTTP') return []
    const request = memberOf(raw, 'request')
    if (!isObject(raw) || !isObject(request) || !isObject(raw.response))
      return reject(`its interaction ${at + 1} has no request and response`)
    const description = textOr(raw.description, `interaction ${at + 1}`)
    const comment = commentOf(raw)
    return [
      {
        index: first + at,
        pact: file,
        consumer,
        provider,
        key: textOr(raw.key, description),
        description,
        method: comment?.method ?? textOr(request.method, 'GET').toUpperCase(),
        path: comment?.path ?? textOr(request.path, '/'),
        pending: contract.pending === true || raw.pending === true,
        comment,
        schema: comment?.schemaOf === undefined ? comment?.schema : schemas.get(comment.schemaOf),
        source: { file, line: lines.of(description) },
        states: statesOf(raw),
        stateValues: [...new Set([...(comment?.stateValues ?? []), ...injected(request.generators)])],
        raw,
        specification: typeof specification === 'string' ? specification : '4.0',
      },
    ]
  })
}

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value ? value : otherwise

function commentOf(interaction: unknown): InteractionComment | undefined {
  const comment = memberOf(memberOf(interaction, 'comments'), 'standin')
  return Value.Check(InteractionComment, comment) ? comment : undefined
}

/** A list of names with parameters since version 3, one name before. */
function statesOf(raw: Readonly<Record<string, unknown>>): unknown[] {
  if (Array.isArray(raw.providerStates)) return raw.providerStates
  const single = raw.providerState ?? raw.provider_state
  return typeof single === 'string' && single !== '' ? [{ name: single }] : []
}

/** Names in the expressions of all generators that take a value from the provider state. */
function injected(generators: unknown): string[] {
  if (!isObject(generators)) return []
  if (generators.type === 'ProviderState' && typeof generators.expression === 'string')
    return [...generators.expression.matchAll(/\$\{([^}]+)\}/g)].map(([, name = '']) => name)
  return Object.values(generators).flatMap(injected)
}

/** Lines of descriptions in a pact's text, looked for from where the last one was found. */
class Lines {
  #at = 0
  #line = 1

  constructor(readonly text: string) {}

  of(description: string): number {
    const found = this.text.indexOf(JSON.stringify(description), this.#at)
    if (found === -1) return this.#line
    for (let next = this.#next(found); next !== -1; next = this.#next(found)) {
      this.#line++
      this.#at = next + 1
    }
    this.#at = found
    return this.#line
  }

  #next(before: number): number {
    const next = this.text.indexOf('\n', this.#at)
    return next < before ? next : -1
  }
}

/**
 * Interactions of one specification as a pact of its own. Each goes by its number, so that the
 * verifier's result cannot be mistaken, and begins with a state that tells that number.
 */
export function writeShard(interactions: readonly PlannedInteraction[]): string {
  return writeJson({
    consumer: { name: 'consumer' },
    provider: { name: 'provider' },
    interactions: interactions.map(({ index, raw, states }) => {
      // Comments decide nothing, and the verifier copies the whole file for each interaction.
      const { providerState: _, provider_state: __, comments: ___, ...rest } = raw
      return {
        ...rest,
        key: String(index),
        description: String(index),
        pending: false,
        providerStates: [{ name: BEGIN, params: { index } }, ...states],
      }
    }),
    metadata: { pactSpecification: { version: interactions[0]?.specification ?? '4.0' } },
  })
}
