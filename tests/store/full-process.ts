// Changes a store whose files may not grow past a limit that the shell has set, and ends without closing it.
import { openFileStore } from '../../src/store/file.js'
import { failure, put, seedOf } from './helper.js'

// Without a listener the signal that goes with the refusal would end the process.
process.on('SIGXFSZ', () => {})

const [folder = '', fsync] = process.argv.slice(2)
const store = await openFileStore(folder, { seed: seedOf({}), fsync: fsync === 'true', saveEvery: 1e6 })
await put(store, 'before', { kept: true })
const refused = await Promise.all([
  failure(put(store, 'big', { text: 'x'.repeat(100_000) })),
  failure(put(store, 'with it', {})),
])
const state = await store.read('')
const shown = [...state.list('accounts').keys()]
await put(store, 'after', { kept: true })
process.stdout.write(JSON.stringify({ codes: refused.map(({ code }) => code), shown }), () =>
  process.kill(process.pid, 'SIGKILL'),
)
