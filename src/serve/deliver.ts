import type { FastifyReply } from 'fastify'
import type { Reply } from '../respond/reply.js'
import type { Fault } from '../steer/override.js'
import { send } from './send.js'

export interface Delivery {
  /** Milliseconds. */
  readonly wait: number
  readonly fault: Fault | undefined
  /** Called once nothing more will come of the reply. */
  readonly done: (() => void) | undefined
}

/** Sends a reply late, or in a way that a network would: what an override asked for. */
export function deliver(reply: FastifyReply, decided: Reply, { wait, done }: Delivery): void {
  setTimeout(() => {
    send(reply, decided)
    done?.()
  }, wait)
}
