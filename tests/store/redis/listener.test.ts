import { type AddressInfo, createServer, type Socket } from 'node:net'
import t from 'tap'
import { clientsFor } from '../../../src/store/redis/clients.js'
import { Listener } from '../../../src/store/redis/listener.js'
import { redisLocation } from '../../../src/store/redis/location.js'
import type { Scope } from '../../serve/helper.js'
import { until } from '../helper.js'

const CHANNEL = 'news'

/** A connection to a server that speaks just enough RESP3, and the commands that came over it. */
interface Seen {
  readonly socket: Socket
  readonly commands: string[]
}

/** A server whose second connection hears what it is asked, and says nothing. */
async function silentAtSecond(t: Scope) {
  const seen: Seen[] = []
  const server = createServer((socket) => {
    const commands: string[] = []
    const isSilent = seen.push({ socket, commands }) === 2
    socket.on('error', () => {})
    socket.on('data', (data) => {
      for (const [, name = ''] of String(data).matchAll(/\*\d+\r\n\$\d+\r\n([a-z]+)\r\n/gi)) {
        const command = name.toLowerCase()
        commands.push(command)
        if (command === 'hello') socket.write('%0\r\n')
        else if (command === 'client') socket.write('+OK\r\n')
        else if (isSilent) continue
        else if (command === 'ping') socket.write('+PONG\r\n')
        else socket.write(`>3\r\n$9\r\nsubscribe\r\n$${CHANNEL.length}\r\n${CHANNEL}\r\n:1\r\n`)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { addresses, ...location } = redisLocation(`redis://127.0.0.1:${port}`)
  const { listening } = await clientsFor({ addresses, ...location })
  const listener = new Listener({ create: listening, onLost: () => {}, onHearing: () => {} })
  t.teardown(() => {
    listener.close()
    for (const { socket } of seen) socket.destroy()
    server.close()
  })
  await listener.listenAt(addresses[0])
  return { listener, seen }
}

void t.test('what a lost connection has not answered is not waited for', async (t) => {
  const { listener, seen } = await silentAtSecond(t)
  const heard: string[] = []
  await listener.subscribe(CHANNEL, (message) => heard.push(message))
  seen[0]?.socket.destroy()
  await until(() => seen[1]?.commands.includes('subscribe') === true)
  const checked = listener.check()
  const subscribed = listener.subscribe(CHANNEL, () => {})
  await until(() => (seen[1]?.commands.length ?? 0) > 5)
  seen[1]?.socket.destroy()
  await t.rejects(checked)
  await subscribed
  await listener.check()
  seen[2]?.socket.write(`>3\r\n$7\r\nmessage\r\n$${CHANNEL.length}\r\n${CHANNEL}\r\n$3\r\nnew\r\n`)
  await until(() => heard.length > 0)
  t.strictSame(heard, ['new'])
})

void t.test('it can be closed while it is subscribing anew', async (t) => {
  const { listener, seen } = await silentAtSecond(t)
  await listener.subscribe(CHANNEL, () => {})
  seen[0]?.socket.destroy()
  await until(() => seen[1]?.commands.includes('subscribe') === true)
  const closed = new Promise((resolve) => seen[1]?.socket.once('close', resolve))
  listener.close()
  await closed
  await t.rejects(listener.subscribe(CHANNEL, () => {}))
})
