import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { type CommandServer, running } from './command-server.js'

/** A redis-server of one benchmark's own, with its append-only file on, written once a second. */
export interface BenchRedis extends CommandServer {
  /** `redis://…`, to which a prefix may be added. */
  readonly url: string
  /** Figures of INFO, those that are numbers, by name. */
  figures(): Promise<ReadonlyMap<string, number>>
}

/** @param folder for its file */
export async function startRedis(folder: string): Promise<BenchRedis> {
  const port = await freePort()
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  const child = spawn('redis-server', [...words, '--appendonly', 'yes', '--appendfsync', 'everysec'], {
    stdio: 'ignore',
  })
  // A command that is not there is told by `running`, which finds no process.
  child.once('error', () => {})
  const server = running(child)
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: null })
  client.on('error', () => {})
  await client.ping()
  return {
    ...server,
    url: `redis://127.0.0.1:${port}`,
    figures: async () => {
      const text = await client.info()
      return new Map(
        [...text.matchAll(/^(\w+):([\d.]+)\r$/gm)].map(([, name = '', figure]) => [name, Number(figure)]),
      )
    },
    stop: async () => {
      client.disconnect()
      await server.stop()
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
