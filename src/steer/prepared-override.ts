import { Random } from '../respond/generate/random.js'
import { checkCondition } from './check-condition.js'
import type { Override, Step } from './override.js'
import { prepareBody, type PreparedBody } from './override-body.js'
import { Refused, saidOf } from './refused.js'

/** A step with the templates of its body compiled. */
export interface PreparedStep {
  readonly step: Step
  readonly body: PreparedBody | undefined
}

/** An override that has been looked through, so that taking it for a call cannot fail. */
export interface PreparedOverride {
  readonly override: Override
  readonly steps: readonly PreparedStep[]
  /**
   * Numbers from 0 up to, but not, 1, for the call that so many others were before; the same in every run
   * where there is a seed, whatever other calls draw meanwhile.
   */
  readonly random: (before: number) => () => number
}

const STEP_MEMBERS = ['status', 'example', 'body', 'headers', 'delay', 'fault'] as const

/** Looks through an override whose members have the types of its schema. Rejects with {@link Refused}. */
export async function prepareOverride(override: Override): Promise<PreparedOverride> {
  const { when, sequence, seed } = override
  const own = STEP_MEMBERS.filter((name) => override[name] !== undefined)
  if (sequence && own.length > 0) {
    throw new Refused(
      `/${own[0]}`,
      `A sequence stands in place of ${own.join(', ')}: put them into its steps`,
    )
  }
  if (!sequence && own.length === 0) {
    throw new Refused('', `It does nothing: give it one of ${STEP_MEMBERS.join(', ')}, or a sequence`)
  }
  if (override.afterSequence !== undefined && !sequence) {
    throw new Refused('/afterSequence', 'There is no sequence that it could come after')
  }
  if (when) await saidOf('/when', () => checkCondition(when))
  const steps: PreparedStep[] = []
  if (sequence) {
    for (const [index, step] of sequence.entries()) steps.push(await prepareStep(step, `/sequence/${index}`))
  } else steps.push(await prepareStep(stepOf(override), ''))
  return { override, steps, random: seed === undefined ? unseeded : seeded(String(seed)) }
}

const unseeded = (): (() => number) => Math.random

const seeded = (seed: string) => {
  const all = new Random(seed)
  return (before: number) => {
    const random = all.fork(before)
    return () => random.next()
  }
}

function stepOf({ status, example, body, headers, delay, fault }: Override): Step {
  return {
    ...(status !== undefined && { status }),
    ...(example !== undefined && { example }),
    ...(body !== undefined && { body }),
    ...(headers !== undefined && { headers }),
    ...(delay !== undefined && { delay }),
    ...(fault !== undefined && { fault }),
  }
}

async function prepareStep(given: Step, pointer: string): Promise<PreparedStep> {
  const { status, body, delay, headers } = given
  if (typeof delay === 'object' && 'min' in delay && delay.min > delay.max) {
    throw new Refused(`${pointer}/delay`, `min (${delay.min}) is greater than max (${delay.max})`)
  }
  if (body !== undefined && status !== undefined && hasNoBody(status)) {
    throw new Refused(`${pointer}/body`, `A reply of status ${status} has no body (RFC 9110)`)
  }
  for (const [name, value] of Object.entries(headers ?? {})) checkHeader(name, value, pointer)
  const step = headers ? { ...given, headers: lowerCased(headers) } : given
  return { step, body: body === undefined ? undefined : await prepareBody(body, `${pointer}/body`) }
}

const hasNoBody = (status: number): boolean => status === 204 || status === 304

/** Set by whatever writes the message (RFC 9112 section 6). */
const FRAMING = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'trailer',
  'upgrade',
  'keep-alive',
])

/** RFC 9110 sections 5.1 and 5.5. */
function checkHeader(name: string, value: string, pointer: string): void {
  const place = `${pointer}/headers/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
    throw new Refused(place, `'${name}' cannot be the name of a header`)
  if (FRAMING.has(name.toLowerCase())) {
    throw new Refused(place, `${name} is set by the server itself; a fault breaks a message`)
  }
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new Refused(place, `The value of ${name} has a character that no header can hold`)
  }
}

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
