/** Text from which no value can be read; `keyword` and `expected` are those of the violation. */
export class Unreadable extends Error {
  constructor(
    readonly keyword: 'encoding' | 'repeated' | 'style',
    message: string,
    readonly expected?: unknown,
  ) {
    super(message)
  }
}

export const malformedEncoding = (): Unreadable =>
  new Unreadable('encoding', 'must be percent-encoded UTF-8 (RFC 3986)')

export const repeated = (times: number): Unreadable =>
  new Unreadable('repeated', `must be given once, but is given ${times} times`, 1)
