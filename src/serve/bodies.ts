import type { FastifyInstance } from 'fastify'

/** Media types whose bodies are text; everything else is bytes. */
const TEXT = /^(text\/|application\/(json|x-www-form-urlencoded|xml)\b|[^;]*\+(json|xml)\b)/i

/** Bodies reach the checks as they came, whatever they call themselves: what one may be is the description's to say. */
export function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  // Strings are what most APIs speak, and reading them as such costs less than bytes made text later.
  app.addContentTypeParser(TEXT, { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}
