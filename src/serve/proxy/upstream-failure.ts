import { type ProblemCode, problemReply } from '../../respond/problem.js'
import type { Reply } from '../../respond/reply.js'
import type { Upstream } from './upstream.js'

type FailureCode = Extract<ProblemCode, `upstream-${string}`>

/** Why there is no reply of the upstream. */
export class UpstreamFailure extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }

  /** Whether there was no server to ask, or none that answered in time. */
  get isDown(): boolean {
    return this.code === 'upstream-unreachable' || this.code === 'upstream-timeout'
  }

  /** The problem document that the client gets. */
  get reply(): Reply {
    return problemReply(this.code, { detail: this.message })
  }
}

/** What the system's and undici's codes mean. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name has no address',
  EAI_AGAIN: 'the name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'the host does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer',
}

const isTls = (code: string): boolean =>
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/.test(code)

/** What went wrong between here and the upstream, in words that name it. */
export function failureOf(error: unknown, { url }: Upstream, timeout: number): UpstreamFailure {
  if (error instanceof UpstreamFailure) return error
  const { code, message } = rootOf(error)
  const known = UNREACHABLE[code]
  if (known !== undefined)
    return new UpstreamFailure(
      'upstream-unreachable',
      `The upstream ${url} cannot be reached: ${known} (${code})`,
      error,
    )
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new UpstreamFailure(
      'upstream-timeout',
      `The upstream ${url} did not answer within ${timeout} ms`,
      error,
    )
  if (isTls(code)) {
    const way = /^(DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS_CERT)/.test(code)
      ? '. Trust its certificate with NODE_EXTRA_CA_CERTS, or take any with --insecure'
      : ''
    return new UpstreamFailure(
      'upstream-untrusted',
      `No secure connection to the upstream ${url} can be made: ${message} (${code})${way}`,
      error,
    )
  }
  return new UpstreamFailure(
    'upstream-failed',
    `The upstream ${url} gave no whole reply: ${message}${code === '' ? '' : ` (${code})`}`,
    error,
  )
}

/** The innermost error that has a code: what happened, below what was tried. Several addresses fail as one. */
function rootOf(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) }
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  if (inner instanceof Error && 'code' in inner) return rootOf(inner)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return { code, message: error.message.split('\n', 1)[0]?.trim() ?? '' }
}
