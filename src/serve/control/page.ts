import { readdir, readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { packageFile } from '../../package.js'
import { apiAddress } from './api-address.js'
import type { ControlContext } from './context.js'
import { ControlProblem } from './problems.js'

const FOLDER = 'dist/ui/'

/**
 * Nothing of another origin, nothing inline, in no frame. What the page is told it shows as text; were
 * there a mistake in that, this keeps it from being run.
 */
const policy = (api: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${api}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  LICENSES: 'text/plain; charset=utf-8',
}

/** The page for people, as the build made it. Open to everybody: it shows nothing until the control API answers it. */
export function pageRoutes(app: FastifyInstance, context: ControlContext): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, public: true }
  })
  let read: Promise<ReadonlyMap<string, Buffer>> | undefined
  const answer = async (name: string, reply: FastifyReply): Promise<Buffer | undefined> => {
    const bytes = (await (read ??= readFiles())).get(name)
    if (!bytes) return undefined
    // A name with a hash in it never means anything else.
    const forGood = /-[A-Z0-9]{8}\.(js|css)$/.test(name)
    const { api } = apiAddress(context, reply.request)
    reply
      .type(TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream')
      .header('cache-control', forGood ? 'public, max-age=31536000, immutable' : 'no-cache')
      .header('content-security-policy', policy(api === undefined ? '' : ` ${api}`))
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cross-origin-opener-policy', 'same-origin')
    return bytes
  }
  app.get('/_standin/', (_request, reply) => answer('index.html', reply))
  app.get<{ Params: { name: string } }>('/_standin/ui/:name', async ({ params: { name } }, reply) => {
    const bytes = await answer(name, reply)
    if (bytes) return bytes
    throw new ControlProblem(
      'unknown-control-path',
      `The page has no file '${name}'; /_standin/ names those it has`,
    )
  })
}

async function readFiles(): Promise<ReadonlyMap<string, Buffer>> {
  const names = await readdir(packageFile(FOLDER))
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(packageFile(FOLDER + name))] as const)),
  )
}
