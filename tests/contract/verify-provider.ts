import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export interface Provider {
  readonly url: string
  /** What was asked of it: `POST /path`, with the headers. */
  readonly requests: readonly IncomingMessage[]
  close(): Promise<void>
}

/** Listens on loopback, on a free port. */
export async function listen(server: Server, scheme = 'http'): Promise<Provider> {
  const requests: IncomingMessage[] = []
  server.on('request', (request: IncomingMessage) => requests.push(request))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const provide = (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Provider> => listen(createServer(answer))

export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}
