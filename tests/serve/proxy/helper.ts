import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  request,
  type RequestListener,
  type RequestOptions,
} from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { folderFor } from '../../folder.js'
import { createProxy, type Proxy, type ProxyOptions } from '../../../src/index.js'
import type { Scope } from '../helper.js'

export interface TestScope extends Scope {
  testdir(content: Record<string, string>): string
}

/** A real server that answers as it is told, closed with the test. */
export async function upstreamFor(t: Scope, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return urlOf(server.address())
}

/** A real port on which anything may be said. */
export async function portFor(t: Scope, talk: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    talk(socket)
  }).listen(0, '127.0.0.1')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await once(server, 'listening')
  return urlOf(server.address())
}

const urlOf = (address: string | { port: number } | null): string =>
  `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`

/** A proxy for an OpenAPI document of these paths, listening, closed with the test. */
export async function proxyFor(
  t: TestScope,
  paths: object,
  options: ProxyOptions,
): Promise<{ proxy: Proxy; url: string }> {
  const document = { openapi: '3.1.0', info: { title: 'Cups', version: '1' }, paths }
  const cwd = folderFor(t, { 'api.json': JSON.stringify(document, null, 2) })
  const proxy = await createProxy({ sources: ['api.json'], logger: false, cwd, ...options })
  t.teardown(() => proxy.close())
  return { proxy, url: await proxy.listen() }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  readonly text: string
}

export async function send(
  url: string,
  { body, ...options }: RequestOptions & { body?: string | Buffer | readonly Buffer[] } = {},
): Promise<Answer> {
  const sent = request(url, { agent: false, ...options })
  if (Array.isArray(body)) {
    for (const chunk of body as readonly Buffer[]) sent.write(chunk)
    sent.end()
  } else sent.end(body)
  const [reply]: IncomingMessage[] = await once(sent, 'response')
  if (!reply) throw new Error('No reply')
  const bytes = await buffer(reply)
  const { statusCode = 0, headers, rawHeaders } = reply
  return { status: statusCode, headers, rawHeaders, body: bytes, text: bytes.toString() }
}

/** An operation on cups, as the documents of these tests describe it. */
export const cups = {
  '/cups/{id}': {
    get: {
      operationId: 'getCup',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: {
        200: {
          description: 'A cup',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['id', 'size'],
                properties: { id: { type: 'integer' }, size: { type: 'string' }, pin: { type: 'string' } },
              },
              example: { id: 1, size: 'large' },
            },
          },
        },
        204: { description: 'None' },
        304: { description: 'The same' },
        404: { description: 'No such cup', content: { 'application/json': { schema: { type: 'object' } } } },
      },
    },
  },
  '/cups': {
    post: {
      operationId: 'makeCup',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['size'],
              properties: { size: { type: 'string' }, pin: { type: 'string' } },
            },
          },
        },
      },
      responses: {
        201: { description: 'Made', content: { 'application/json': { schema: { type: 'object' } } } },
        422: {
          description: 'Wrong',
          content: { 'application/json': { example: { error: 'the size is missing' } } },
        },
      },
    },
  },
  '/files/{name}': {
    put: { operationId: 'putFile', responses: { 200: { description: 'Kept' } } },
    get: {
      operationId: 'getFile',
      responses: { 200: { description: 'A file', content: { 'application/octet-stream': {} } } },
    },
  },
  '/events': {
    get: {
      operationId: 'events',
      responses: {
        200: { description: 'Events', content: { 'text/event-stream': { schema: { type: 'string' } } } },
      },
    },
  },
}

export const json = { 'content-type': 'application/json' }
