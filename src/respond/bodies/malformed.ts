/** A body, or a member of one, that is not in the form it should be; the members are those of a violation. */
export class Malformed extends Error {
  constructor(
    readonly keyword: 'syntax' | 'charset' | 'encoding' | 'media-type' | 'style' | 'repeated' | 'xml',
    message: string,
    readonly pointer = '',
    readonly expected?: unknown,
  ) {
    super(message)
  }
}

/** A JSON Pointer to a member (RFC 6901 section 3). */
export const pointerTo = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
