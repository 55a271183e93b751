/** One server-sent event (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface ServerEvent {
  /** `message` where the stream names none. */
  readonly event: string
  readonly data: string
}

/** Reads a stream of events that comes in parts, cut anywhere. */
export function eventReader(onEvent: (event: ServerEvent) => void): (part: string) => void {
  let rest = ''
  let event = ''
  let data: string[] = []
  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onEvent({ event: event === '' ? 'message' : event, data: data.join('\n') })
      event = ''
      data = []
      return
    }
    const colon = text.indexOf(':')
    const name = colon === -1 ? text : text.slice(0, colon)
    const value = colon === -1 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') event = value
    else if (name === 'data') data.push(value)
  }
  return (part) => {
    const text = rest + part
    // A line break may be cut in two: CR now, LF with the next part.
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text
    const lines = whole.split(/\r\n|\n|\r/)
    rest = `${lines.pop() ?? ''}${whole === text ? '' : '\r'}`
    for (const one of lines) line(one)
  }
}
