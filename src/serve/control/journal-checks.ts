import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import { PatternBudget } from '../../steer/bounded-regexp.js'
import { JournalEntry } from '../../steer/journal/entry.js'
import { JournalMatch, Times, Verification } from '../../steer/journal/match.js'
import { closestMisses, described, verify } from '../../steer/journal/verify.js'
import type { FollowedJournal } from '../../steer/journal/session-journal.js'
import { waitFor } from '../../steer/journal/wait.js'
import { checkMatch, checkOperation } from './check-match.js'
import type { ControlApp, ControlContext } from './context.js'
import { journalOf, journalsOf, readJournal } from './journal-of.js'
import { ControlProblem } from './problems.js'
import { SessionQuery } from './session-of.js'

const tags = ['Journal']

/** Waits at once; each holds a connection. */
const MOST_WAITS = 1000

const WaitRequest = Type.Object(
  {
    match: JournalMatch,
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1 })),
    timeout: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 600_000, default: 5000, description: 'Milliseconds.' }),
    ),
  },
  { additionalProperties: false },
)

const VerifyRequest = Type.Object(
  { match: JournalMatch, times: Type.Optional(Times) },
  { additionalProperties: false },
)

/** Whether a session was called as a test expects: at once, or as soon as it is. */
export function journalCheckRoutes(app: ControlApp, context: ControlContext): void {
  app.post(
    '/journal/verify',
    {
      schema: {
        operationId: 'verifyCalls',
        summary: 'Whether a session was called as expected; at least once unless told otherwise',
        tags,
        querystring: SessionQuery,
        body: VerifyRequest,
        response: { 200: Verification },
      },
    },
    async (request) => {
      const { match, times } = request.body
      await checkMatch(match, times)
      const { journal, teller } = await readJournal(context, request)
      checkOperation(match, teller.description, journal, '/match/operationId')
      return patternsOfMatch().within(() => verify(journal, match, times, teller))
    },
  )

  let waits = 0
  app.post(
    '/journal/wait',
    {
      schema: {
        operationId: 'waitForCalls',
        summary: 'The calls that are meant, as soon as there are as many; calls that already came count',
        tags,
        querystring: SessionQuery,
        body: WaitRequest,
        response: { 200: Type.Object({ entries: Type.Array(JournalEntry) }) },
      },
    },
    async (request, reply) => {
      const { match, times = 1, timeout = 5000 } = request.body
      await checkMatch(match)
      const calls = journalOf(context, request)
      const journals = journalsOf(context)
      if (waits >= MOST_WAITS) {
        throw new ControlProblem('too-many-watchers', `${MOST_WAITS} requests wait for calls already`)
      }
      const patterns = patternsOfMatch()
      const signal = AbortSignal.any([closeOf(reply), journals.closing])
      waits++
      let followed: FollowedJournal | undefined
      try {
        followed = await calls.follow()
        const { journal } = followed
        checkOperation(match, journals.teller.description, journal, '/match/operationId')
        const wait = { match, times, timeout, teller: () => journals.teller, patterns, signal }
        const found = await waitFor(journal, wait)
        const { teller } = journals
        if (found.length >= times) return { entries: found.slice(0, times).map((one) => teller.entry(one)) }
        const why = journals.closing.aborted
          ? ', and the stand-in was closed'
          : journal.closed
            ? ', and the session was dropped'
            : ''
        throw new ControlProblem(
          'wait-timeout',
          `Waited ${timeout} ms for ${times === 1 ? 'a call' : `${times} calls`} of ${described(match)}; there were ${found.length}${why}`,
          { count: found.length, closest: patterns.within(() => closestMisses(journal, match, teller)) },
        )
      } finally {
        waits--
        followed?.stop()
      }
    },
  )
}

const patternsOfMatch = (): PatternBudget => new PatternBudget('/match/when')

/** Aborted when the client has gone, or been answered. */
function closeOf({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => controller.abort())
  return controller.signal
}
