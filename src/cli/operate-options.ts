import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** Options of who operates a stand-in on a server. */
export const operateOptionSchemas = {
  workers: Type.Union([Type.Integer({ minimum: 1, maximum: 256 }), Type.Literal('auto')], {
    default: 1,
    ...hints({
      description:
        'Processes that serve on the port together, auto for one a core; several need --stateless or a Redis as the store.',
      value: 'NUMBER|auto',
      expected: 'a number of processes from 1 to 256, or auto',
    }),
  }),
  drain: Type.Integer({
    minimum: 0,
    maximum: 3600,
    default: 0,
    ...hints({
      description:
        'Seconds to serve on after SIGTERM while /_standin/ready says no, so that a load balancer can notice.',
      value: 'SECONDS',
      expected: 'a number of seconds, at most 3600',
    }),
  }),
  shutdownTimeout: Type.Integer({
    minimum: 0,
    maximum: 3600,
    default: 10,
    ...hints({
      description: 'Seconds that requests in flight have, at the end, before they are cut off.',
      value: 'SECONDS',
      expected: 'a number of seconds, at most 3600',
    }),
  }),
}
