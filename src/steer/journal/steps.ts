import type { Operation } from '../../operation/operation.js'
import type { Note } from '../../respond/decision.js'
import { summarize } from '../../respond/violation.js'
import type { Fault } from '../override.js'
import type { ToldPlan, Trail } from '../trail.js'
import type { JournalStep } from './entry.js'
import { leavesNoReply } from './no-reply.js'
import { examplesOf, isNamedBy } from './told-example.js'

/** The one way of a request as it is told, from match to send. Stages that it did not reach are left out. */
export function stepsOf(trail: Trail, operation: Operation | undefined): JournalStep[] {
  return [
    matchStep(trail, operation),
    sessionStep(trail),
    ...checkStep(trail),
    ...steerStep(trail),
    ...behaveStep(trail),
    ...chooseStep(trail, operation),
    sendStep(trail),
  ]
}

function matchStep({ operationId, input, reply }: Trail, operation: Operation | undefined): JournalStep {
  if (operationId === undefined) {
    return { stage: 'match', outcome: 'none', reason: reply?.reason ?? 'no documented operation takes it' }
  }
  const reason = operation
    ? `${operation.method} ${operation.path} is documented`
    : `${input.method} was documented when it came, and is not any more`
  return { stage: 'match', outcome: operationId, reason, ...(operation && { source: operation.source }) }
}

function sessionStep({ session, refused }: Trail): JournalStep {
  if (refused !== undefined) return { stage: 'session', outcome: 'refused', reason: refused }
  return session === ''
    ? { stage: 'session', outcome: 'default', reason: 'the request names no session' }
    : { stage: 'session', outcome: session, reason: 'the request names it' }
}

/** Whether the request reached its operation. */
const isTaken = ({ operationId, refused }: Trail): boolean =>
  operationId !== undefined && refused === undefined

function checkStep(trail: Trail): JournalStep[] {
  const { rejection } = trail
  if (!isTaken(trail)) return []
  if (!rejection) {
    const old = trail.reply?.notes.find(isOnRequest)
    const reason = `the request keeps to the docs${old ? `, which call deprecated: ${old.text}` : ''}`
    return [{ stage: 'check', outcome: 'accepted', reason, ...(old?.source && { source: old.source }) }]
  }
  const source = rejection.violations.find((one) => one.source)?.source
  return [
    {
      stage: 'check',
      outcome: rejection.code,
      reason: summarize(rejection.violations),
      ...(source && { source }),
    },
  ]
}

/** What is noted of the request and not of the reply. */
const isOnRequest = ({ kind }: Note): boolean => kind === 'deprecated-parameter'

function steerStep(trail: Trail): JournalStep[] {
  if (!isTaken(trail)) return []
  const { planned } = trail
  if (!planned) return [{ stage: 'steer', outcome: 'none', reason: 'no override is set for it' }]
  return [{ stage: 'steer', outcome: planned.overrideId, reason: `${planned.reason}: ${askedFor(planned)}` }]
}

/** What an override asks for, in words. */
function askedFor({ step, delay, fault }: ToldPlan): string {
  const { status, example, body } = step
  const parts = [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(example === undefined ? [] : [`example '${example}'`]),
    ...(body === undefined ? [] : ['a body of its own']),
    ...(delay ? [`${Math.round(delay)} ms later`] : []),
    ...(fault === undefined ? [] : [nameOf(fault)]),
  ]
  return parts.join(', ') || 'the reply as it is'
}

const nameOf = (fault: Fault): string => (typeof fault === 'string' ? fault : fault.type)

const behaveStep = ({ behaved, changes }: Trail): JournalStep[] =>
  behaved === undefined
    ? []
    : [
        {
          stage: 'behave',
          outcome: changes.length === 0 ? 'nothing changed' : `${changes.length} changed`,
          reason: behaved,
        },
      ]

function chooseStep({ reply, operationId }: Trail, operation: Operation | undefined): JournalStep[] {
  if (!reply) return []
  const header = reply.headers['standin-example']
  const named =
    header === undefined || !operation
      ? undefined
      : examplesOf(operation).find((example) => isNamedBy(example, header))
  const notes = reply.notes.map(({ kind }) => kind)
  const source =
    named?.example.source ?? reply.notes.find((note) => note.source && !isOnRequest(note))?.source
  return [
    {
      stage: 'choose',
      outcome: named ? `${named.status}/${named.example.name}` : String(reply.status),
      // Why nothing matched has been told.
      reason: operationId === undefined ? notes.join('; ') : [reply.reason, ...notes].join('; '),
      ...(source && { source }),
    },
  ]
}

function sendStep(trail: Trail): JournalStep {
  const { planned, ended, began } = trail
  const fault = planned?.fault
  const delay = planned?.delay ? [`delayed by ${Math.round(planned.delay)} ms`] : []
  const outcome = leavesNoReply(trail) ? 'no reply' : ended === undefined ? 'under way' : 'sent'
  const how = fault === undefined ? [] : [`fault: ${nameOf(fault)}`]
  const time = ended === undefined ? [] : [`after ${milliseconds(ended - began)} ms`]
  return { stage: 'send', outcome, reason: [...how, ...delay, ...time].join(', ') || 'waiting' }
}

/** To a hundredth. */
export const milliseconds = (ms: number): number => Math.round(ms * 100) / 100
