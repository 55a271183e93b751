// A program for main.test.ts: serves through the real command line, with a server that answers only
// when it is told to on stdin, and that says on stdout what happens to it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { run } from '../../src/cli/run.js'
import { fakeStandin } from './fake-standin.js'

const say = (text: string) => process.stdout.write(`${text}\n`)

const server = createServer((_request, response) => {
  response.setHeader('connection', 'close')
  say('request')
  process.stdin.once('data', () => response.end('filled'))
})

const listen = async (): Promise<string> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

const close = async (): Promise<void> => {
  say('closing')
  const closed = once(server, 'close')
  server.close()
  await closed
  say('flushed')
}

const code = await run(
  [],
  {
    cwd: process.cwd(),
    env: {},
    stdout: process.stdout,
    stderr: process.stderr,
    signals: process,
    exit: (code) => process.exit(code),
  },
  async () => ({ ...fakeStandin({ listen }), close }),
)
process.exit(code)
