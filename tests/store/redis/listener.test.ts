import t from 'tap'
import { clientsFor } from '../../../src/store/redis/clients.js'
import { Listener } from '../../../src/store/redis/listener.js'
import { redisLocation } from '../../../src/store/redis/location.js'
import type { Scope } from '../../serve/helper.js'
import { until } from '../helper.js'
import { type Seen, speakingServer } from './speaking-server.js'

/** One that listens at a server whose second connection is asked, and says nothing. */
async function silentAtSecond(t: Scope) {
  const { port, seen } = await speakingServer(t, ([name], connection) => {
    if (connection === 2) return undefined
    return name === 'ping' ? '+PONG\r\n' : '>3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n'
  })
  const location = redisLocation(`redis://127.0.0.1:${port}`)
  const { listening } = await clientsFor(location)
  const listener = new Listener({ create: listening, onLost: () => {}, onHearing: () => {} })
  t.teardown(() => listener.close())
  await listener.listenAt(location.addresses[0])
  return { listener, seen }
}

const subscribed = (connection: Seen | undefined): number =>
  connection?.commands.filter(([name]) => name === 'subscribe').length ?? 0

void t.test('what a lost connection has not answered is not waited for', async (t) => {
  const { listener, seen } = await silentAtSecond(t)
  const heard: string[] = []
  await listener.subscribe('news', (message) => heard.push(message))
  seen[0]?.socket.destroy()
  await until(() => subscribed(seen[1]) > 0)
  const checked = listener.check()
  const again = listener.subscribe('news', () => {})
  await until(() => subscribed(seen[1]) === 3)
  seen[1]?.socket.destroy()
  await t.rejects(checked)
  await again
  await listener.check()
  seen[2]?.socket.write('>3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$3\r\nnew\r\n')
  await until(() => heard.length > 0)
  t.strictSame(heard, ['new'])
})

void t.test('it can be closed while it is subscribing anew', async (t) => {
  const { listener, seen } = await silentAtSecond(t)
  await listener.subscribe('news', () => {})
  seen[0]?.socket.destroy()
  await until(() => subscribed(seen[1]) > 0)
  const closed = new Promise((resolve) => seen[1]?.socket.once('close', resolve))
  listener.close()
  await closed
  await t.rejects(listener.subscribe('news', () => {}))
})
