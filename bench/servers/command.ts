import { createServer, connect } from 'node:net'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { serveForBench } from './child.js'

/**
 * A server as a person starts it: the module of a command, and its arguments, of which `PORT` becomes
 * a free one. It is run in this process, so that what it uses can be told.
 */
const [module = '', ...args] = process.argv.slice(2)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function untilItListens(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5))
    } finally {
      socket.destroy()
    }
  }
}

serveForBench(async () => {
  const port = await freePort()
  process.argv = [process.execPath, module, ...args.map((arg) => (arg === 'PORT' ? String(port) : arg))]
  // A command may go on for as long as it serves.
  void import(pathToFileURL(module).href)
  await untilItListens(port)
  return `http://127.0.0.1:${port}`
})
