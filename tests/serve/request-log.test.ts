import { pino } from 'pino'
import t from 'tap'
import { appFor, showing } from './app-for.js'

const paths = (example: unknown) => ({
  '/a': {
    get: {
      operationId: 'a',
      responses: {
        200: {
          description: 'x',
          content: { 'application/json': { schema: { type: 'integer' }, example } },
        },
        404: showing('gone'),
      },
    },
  },
})

/** The lines that are logged while some addresses are asked for. */
async function logged(t: Parameters<typeof appFor>[0], example: unknown, ...urls: string[]) {
  const lines: Record<string, unknown>[] = []
  const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const app = await appFor(t, paths(example), { logger })
  for (const url of urls) await app.inject(url)
  return lines
}

void t.test('one line a request: what was asked, what was answered, and why', async (t) => {
  const [found, missed, other, ...more] = await logged(t, 5, '/a?q=1', '/b', '/a?__code=404')
  t.match(found, {
    method: 'GET',
    url: '/a?q=1',
    status: 200,
    operationId: 'a',
    reason: /^example '.+' of 200: the lowest documented success$/,
  })
  t.notOk(found && 'breaks' in found)
  t.match(missed, { url: '/b', status: 404 })
  t.match(other, { status: 404, reason: /asked for by status$/ })
  t.strictSame(more, [])
})

void t.test('a documented reply that breaks its own schema is told', async (t) => {
  const [line] = await logged(t, 'five', '/a')
  t.match(line, { status: 200, breaks: 'body must be integer' })
})
