// Changes a store as fast as it can and prints each change once it is acknowledged, until it is killed.
import { openFileStore } from '../../src/store/file.js'

const [folder = '', begin = '0'] = process.argv.slice(2)
const store = await openFileStore(folder, { seed: async () => ({}), saveEvery: 10 })
let next = Number(begin)

async function work(session: string): Promise<void> {
  for (;;) {
    const id = `n${next++}`
    await store.update(session, (state) => state.put('numbers', id, { id }))
    // Waits while the pipe is full; a line that is not printed in time is one that nobody counts on.
    await new Promise((resolve) => process.stdout.write(`${JSON.stringify([session, id])}\n`, resolve))
  }
}

await Promise.all(Array.from({ length: 50 }, (_, index) => work(index % 10 === 0 ? `s${index}` : '')))
