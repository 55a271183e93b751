import { randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { text as readAll } from 'node:stream/consumers'

/** What a provider of Reset Pin answers. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** The decisions of a Reset Pin provider, each of which can be made wrongly. */
export interface Decisions {
  readonly routes: (method: string, path: string) => boolean
  readonly knows: (
    token: string | undefined,
    headers: IncomingHttpHeaders,
    issued: ReadonlySet<string>,
  ) => boolean
  readonly reads: (contentType: string) => boolean
  readonly allows: (body: unknown) => boolean
  /** Whether a body of this type goes past all rules. */
  readonly passes: (contentType: string) => boolean
  /** Of a body; undefined is what no JSON text gives. */
  readonly parses: (text: string) => unknown
  readonly done: () => Answer
  readonly unauthorised: (token: string | undefined) => Answer
  readonly refused: () => Answer
  /** Sends the answer, by default at once and whole. */
  readonly sends: (response: ServerResponse, answer: Answer) => void
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
})

export const success = { resCode: 200, resDesc: 'SUCCESS', data: { msg: 'Pin has been reset successfully' } }

/** As the page of Reset Pin has it, and nothing of Standin in it. */
export const correct: Decisions = {
  routes: (method, path) => method === 'POST' && path === '/onboarding/user/resetPin/v1',
  knows: (token, _headers, issued) => token !== undefined && issued.has(token),
  reads: (contentType) => /^(?:application\/json|text\/plain)\b/.test(contentType),
  parses: (text) => {
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  },
  passes: () => false,
  allows: (body) => pinOf(body) !== undefined && modeOf(body) === 1,
  done: () => json(success),
  unauthorised: () => json({ error: 'unauthorised' }, 401),
  refused: () => json({ error: 'the request is not valid' }, 422),
  sends: (response, { status, headers = {}, body = '' }) => {
    response.writeHead(status, headers)
    response.end(body)
  },
}

export const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null
    ? Object.entries(body).find(([other]) => other === name)?.[1]
    : undefined

/** The PIN, if it is one: a text of four digits. */
export function pinOf(body: unknown): string | undefined {
  const pin = memberOf(body, 'pin')
  return typeof pin === 'string' && /^[0-9]{4}$/.test(pin) ? pin : undefined
}

export const modeOf = (body: unknown): unknown => memberOf(body, 'signInMode')

const random = (): string => randomBytes(18).toString('base64url')

/** Many providers on one port, each below a path of its own: `/0/onboarding/...`. */
export class Providers {
  readonly #issued = new Set<string>()
  readonly #all: readonly Decisions[]
  readonly #server: Server

  constructor(all: readonly Decisions[]) {
    this.#all = all
    this.#server = createServer((request, response) => {
      const answer = async (): Promise<void> => {
        const body = await readAll(request)
        const [, index = '', path = ''] = /^\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? []
        const decisions = this.#all[Number(index)] ?? correct
        decisions.sends(response, this.#decide(decisions, request.method ?? '', path, request.headers, body))
      }
      void answer()
    })
  }

  /** A token that all of them know, in the form of those that the docs show. */
  issue(): string {
    const token = `eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..${random()}.${random()}.${random()}`
    this.#issued.add(token)
    return token
  }

  listen(): Promise<string> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address()
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
      })
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  #decide(
    decisions: Decisions,
    method: string,
    path: string,
    headers: IncomingHttpHeaders,
    text: string,
  ): Answer {
    if (!decisions.routes(method, path)) return { status: 404 }
    const token = headers['x-api-token']?.toString()
    if (!decisions.knows(token, headers, this.#issued)) return decisions.unauthorised(token)
    const type = headers['content-type'] ?? ''
    if (!decisions.reads(type)) return { status: 415 }
    if (decisions.passes(type)) return decisions.done()
    return decisions.allows(decisions.parses(text)) ? decisions.done() : decisions.refused()
  }
}
