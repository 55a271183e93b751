export interface Part {
  readonly name: string
  readonly value: string
  /** Set for a file: its name. */
  readonly file?: string
}

const BOUNDARY = 'standin-sample'

export const multipartType = `multipart/form-data; boundary=${BOUNDARY}`

/** A form of parts (RFC 7578). */
export function writeMultipart(parts: readonly Part[]): string {
  const written = parts.map(({ name, value, file }) => {
    const filename = file === undefined ? '' : `; filename="${quoted(file)}"`
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${quoted(name)}"${filename}\r\n\r\n${value}\r\n`
  })
  return `${written.join('')}--${BOUNDARY}--\r\n`
}

/** As browsers write names (HTML section 4.10.21.8). */
const quoted = (text: string): string =>
  text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
