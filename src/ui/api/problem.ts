/** Why a call of the control API came to nothing, in words for people. */
export class ApiFailure extends Error {
  /** HTTP status; 0 where no answer came at all. */
  readonly status: number
  /** One of those in /_standin/errors; undefined where the answer is no problem document. */
  readonly code: string | undefined
  /** JSON pointer (RFC 6901) to the member that is meant. */
  readonly pointer: string | undefined

  constructor(status: number, message: string, code?: string, pointer?: string) {
    super(message)
    this.name = 'ApiFailure'
    this.status = status
    this.code = code
    this.pointer = pointer
  }
}

const textOf = (value: unknown, name: string): string | undefined => {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined
  const member: unknown = Object.entries(value).find(([key]) => key === name)?.[1]
  return typeof member === 'string' && member !== '' ? member : undefined
}

/** What an answer with an error status says: RFC 9457 where it is one, else its status. */
export function failureOf(status: number, text: string): ApiFailure {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    document = undefined
  }
  const message = textOf(document, 'detail') ?? textOf(document, 'title') ?? `The stand-in answered ${status}`
  return new ApiFailure(status, message, textOf(document, 'code'), textOf(document, 'pointer'))
}

/** Anything thrown, as a failure. */
export function toFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  return new ApiFailure(0, message)
}
