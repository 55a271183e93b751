import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Scope } from '../../serve/helper.js'

/** A connection to a {@link speakingServer}, and what came over it. */
export interface Seen {
  readonly socket: Socket
  readonly commands: string[][]
}

/** What is answered, in RESP3; nothing where it is undefined. @param connection from 1 on */
export type Answers = (command: readonly string[], connection: number) => string | undefined

/** A server that speaks as Redis does, and says what it is told to: for what a Redis says only now and then. */
export async function speakingServer(t: Scope, answers: Answers) {
  const seen: Seen[] = []
  const server = createServer((socket) => {
    const commands: string[][] = []
    const connection = seen.push({ socket, commands })
    socket.on('error', () => {})
    socket.on('data', (data) => {
      for (const command of commandsIn(String(data))) {
        commands.push(command)
        const answer = greeting(command) ?? answers(command, connection)
        if (answer !== undefined) socket.write(answer)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    for (const { socket } of seen) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, seen }
}

/** `*COUNT`, and as many times `$LENGTH` and a word; these are short enough to come in one piece. */
const commandsIn = (text: string): string[][] =>
  text
    .split(/^\*\d+\r\n/m)
    .slice(1)
    .map((command) => command.split('\r\n').filter((_, index) => index % 2 === 1))

const greeting = ([name = '']: readonly string[]): string | undefined =>
  ({ hello: '%0\r\n', client: '+OK\r\n' })[name.toLowerCase()]
