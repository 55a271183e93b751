import { type Static, Type } from '@sinclair/typebox'
import { errors } from '../errors.js'
import { noticesOf, Notice } from './broker-messages.js'
import type { Broker } from './broker.js'
import { memberOf } from './value.js'

/** A consumer's version beside a provider's, and how their contract was verified. */
export const MatrixRow = Type.Object({
  consumer: Type.String(),
  consumerVersion: Type.String(),
  provider: Type.String(),
  /** Absent where no version of the provider has verified the contract. */
  providerVersion: Type.Optional(Type.String()),
  /** Absent where there is no result. */
  success: Type.Optional(Type.Boolean()),
  /** The result, for people. */
  url: Type.Optional(Type.String()),
})
export type MatrixRow = Static<typeof MatrixRow>

export const Deployability = Type.Object({
  /** Whether the broker says yes. An answer that is still open is a no. */
  deployable: Type.Boolean(),
  /** Whether results are missing that may turn it into a yes. */
  open: Type.Boolean(),
  /** The broker's reason, in its words. */
  reason: Type.String(),
  notices: Type.Array(Notice),
  matrix: Type.Array(MatrixRow),
})
export type Deployability = Static<typeof Deployability>

export interface DeploymentTarget {
  /** The application, as the broker names it. */
  readonly pacticipant: string
  readonly version: string
  readonly environment: string
}

/** Asks whether a version works with all that is deployed in an environment. */
export async function canIDeploy(
  broker: Broker,
  { pacticipant, version, environment }: DeploymentTarget,
): Promise<Deployability> {
  const query = new URLSearchParams({ pacticipant, version, environment })
  const answer = await broker.get(
    `${broker.url}/can-i-deploy?${query.toString()}`,
    `version ${version} of ${pacticipant}`,
  )
  const summary = memberOf(answer, 'summary')
  if (summary === undefined)
    throw new errors.STANDIN_ERR_BROKER_REPLY(broker.url, 'its answer has no summary')
  const reason = memberOf(summary, 'reason')
  const matrix = memberOf(answer, 'matrix')
  return {
    deployable: memberOf(summary, 'deployable') === true,
    open: memberOf(summary, 'deployable') === null,
    reason: typeof reason === 'string' ? reason : 'the broker gives no reason',
    notices: noticesOf(answer),
    matrix: Array.isArray(matrix) ? matrix.map(rowOf) : [],
  }
}

function rowOf(row: unknown): MatrixRow {
  const at = (...names: string[]): unknown => names.reduce<unknown>(memberOf, row)
  const providerVersion = at('provider', 'version', 'number')
  const success = at('verificationResult', 'success')
  const url = at('verificationResult', '_links', 'self', 'href')
  return {
    consumer: String(at('consumer', 'name')),
    consumerVersion: String(at('consumer', 'version', 'number')),
    provider: String(at('provider', 'name')),
    ...(typeof providerVersion === 'string' ? { providerVersion } : {}),
    ...(typeof success === 'boolean' ? { success } : {}),
    ...(typeof url === 'string' ? { url } : {}),
  }
}
