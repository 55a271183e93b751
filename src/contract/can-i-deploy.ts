import { type Static, Type } from '@sinclair/typebox'
import { errors } from '../errors.js'
import { noticesOf, Notice } from './broker-messages.js'
import type { Broker } from './broker.js'
import { memberOf } from './value.js'

export const Deployability = Type.Object({
  /** Whether the broker says yes. An answer that is still open is a no. */
  deployable: Type.Boolean(),
  /** The broker's reason, in its words. */
  reason: Type.String(),
  notices: Type.Array(Notice),
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
  return {
    deployable: memberOf(summary, 'deployable') === true,
    reason: typeof reason === 'string' ? reason : 'the broker gives no reason',
    notices: noticesOf(answer),
  }
}
