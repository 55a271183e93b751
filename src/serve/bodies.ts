import type { FastifyInstance } from 'fastify'

/** Media types that are UTF-8; everything else is bytes, for its reader to decode in the charset that it names. */
const TEXT =
  /^(text\/plain|application\/(json|x-www-form-urlencoded)|[^;]*\+json)\b(?!.*charset\s*=\s*"?(?!utf-?8))/i

/** Bodies reach the checks as they came, whatever they call themselves: what one may be is the description's to say. */
export function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  // Strings are what most APIs speak, and reading them as such costs less than bytes made text later.
  app.addContentTypeParser(TEXT, { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}
