import type { IncomingHttpHeaders } from 'node:http'

/** Who called, as a trace knows it: https://www.w3.org/TR/trace-context/. */
export interface TraceParent {
  /** 32 hexadecimal digits, not all 0. */
  readonly traceId: string
  /** 16 hexadecimal digits, not all 0: the caller's span. */
  readonly parentId: string
  /** Two hexadecimal digits. */
  readonly flags: string
}

/** Section 3.2: version, trace id, parent id, flags; a later version may have more behind a further dash. */
const FORM = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/

const isZero = (digits: string): boolean => /^0+$/.test(digits)

/** The trace that a request belongs to; undefined where it names none, or not as the specification has it. */
export function traceParentOf({ traceparent }: IncomingHttpHeaders): TraceParent | undefined {
  if (typeof traceparent !== 'string') return undefined
  const [, version, traceId = '', parentId = '', flags = '', more] = FORM.exec(traceparent.trim()) ?? []
  if (version === undefined || version === 'ff' || isZero(traceId) || isZero(parentId)) return undefined
  return version === '00' && more !== undefined ? undefined : { traceId, parentId, flags }
}

/** Section 3.3.1.3: a name, perhaps of a tenant's system, and a value without commas and equals signs. */
const MEMBER =
  /^([a-z][a-z\d_\-*/]{0,255}|[a-z\d][a-z\d_\-*/]{0,240}@[a-z][a-z\d_\-*/]{0,13})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/
const MOST_MEMBERS = 32

/** The members of `tracestate`, in one line; undefined where there are none, or not as the specification has it. */
export function traceStateOf({ tracestate }: IncomingHttpHeaders): string | undefined {
  if (tracestate === undefined) return undefined
  const members = [tracestate]
    .flat()
    .join(',')
    .split(',')
    .map((member) => member.replaceAll(/^[ \t]+|[ \t]+$/g, ''))
    .filter((member) => member !== '')
  const names = new Set(members.map((member) => member.split('=', 1)[0]))
  const good =
    members.length <= MOST_MEMBERS &&
    names.size === members.length &&
    members.every((member) => MEMBER.test(member))
  return good && members.length > 0 ? members.join(',') : undefined
}
