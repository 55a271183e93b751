import type { FastifyReply } from 'fastify'
import type { Reply } from '../respond/reply.js'
import type { Fault } from '../steer/override.js'
import { brokenJson, drip, emptyReply, type Ending, nothing, reset } from './faults.js'
import { send } from './send.js'

export interface Delivery extends Ending {
  /** Milliseconds. */
  readonly wait: number
  readonly fault: Fault | undefined
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
    give(reply, decided, fault, { deliveries, done })
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

function give(reply: FastifyReply, decided: Reply, fault: Fault | undefined, ending: Ending): void {
  const { raw } = reply
  if (typeof fault === 'object') return drip(reply, decided, fault.overMs, ending)
  if (fault === 'timeout') return nothing(raw, ending)
  if (fault === undefined) send(reply, decided)
  else if (fault === 'malformed-json') send(reply, brokenJson(decided))
  else if (fault === 'empty-reply') emptyReply(raw)
  else reset(raw)
  ending.done?.()
}
