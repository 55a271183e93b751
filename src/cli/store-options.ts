import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** Where state is kept, and what a reply promises of it. */
export const storeOptionSchemas = {
  store: Type.String({
    minLength: 1,
    default: '.standin',
    ...hints({
      description:
        'Where state is kept: a folder, memory, or a Redis or Redis Cluster that several share (redis://[USER:PASSWORD@]HOST[:PORT][,HOST:PORT…][/DATABASE], rediss:// for TLS).',
      value: 'STORE',
    }),
  }),
  fsync: Type.Boolean({
    default: false,
    ...hints({
      description:
        'Wait for the disk at each change, so that even a power loss takes nothing. A Redis has to be set up for it.',
    }),
  }),
  waitForStore: Type.Integer({
    minimum: 0,
    maximum: 86_400,
    default: 0,
    ...hints({
      description:
        'Seconds to wait for a Redis that cannot be reached at start, instead of giving up at once; 300 where no number is given.',
      value: '[SECONDS]',
      bare: '300',
    }),
  }),
  storeReplicas: Type.Integer({
    minimum: 0,
    maximum: 100,
    default: 0,
    ...hints({
      description: 'Replicas of the Redis that have to confirm each change before it is answered.',
      value: 'NUMBER',
    }),
  }),
}
