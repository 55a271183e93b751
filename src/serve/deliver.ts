import type { FastifyReply } from 'fastify'
import type { Reply } from '../respond/reply.js'
import type { Fault } from '../steer/override.js'
import type { Deliveries } from './deliveries.js'
import { brokenJson, drip, emptyReply, nothing, reset } from './faults.js'
import { send } from './send.js'

export interface Delivery {
  /** Milliseconds. */
  readonly wait: number
  readonly fault: Fault | undefined
  /** Called once nothing more will come of the reply. */
  readonly done: (() => void) | undefined
  readonly deliveries: Deliveries
}

/** Sends a reply late, or in a way that a network would: what an override asked for. */
export function deliver(
  reply: FastifyReply,
  decided: Reply,
  { wait, fault, done, deliveries }: Delivery,
): void {
  reply.hijack()
  const { raw } = reply
  const finish = (): void => {
    clearTimeout(timer)
    settled()
    raw.off('close', gone)
    give(reply, decided, fault, deliveries)
    done?.()
  }
  const gone = (): void => {
    clearTimeout(timer)
    settled()
    done?.()
  }
  const timer = setTimeout(finish, deliveries.hurrying ? 0 : wait)
  const settled = deliveries.add(finish)
  raw.once('close', gone)
}

function give(reply: FastifyReply, decided: Reply, fault: Fault | undefined, deliveries: Deliveries): void {
  const { raw } = reply
  if (fault === undefined) return send(reply, decided)
  if (typeof fault === 'object') return drip(reply, decided, fault.overMs, deliveries)
  if (fault === 'malformed-json') return send(reply, brokenJson(decided))
  if (fault === 'timeout') return nothing(raw, deliveries)
  return fault === 'empty-reply' ? emptyReply(raw) : reset(raw)
}
