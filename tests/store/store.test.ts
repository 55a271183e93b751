import t from 'tap'
import { folderFor } from '../folder.js'
import { openStore } from '../../src/store/open.js'
import { failure, seedOf } from './helper.js'
import { testStore } from './table.js'

testStore(t, {
  name: 'memory',
  durable: false,
  place: async () => (seed) => openStore({ location: 'memory', seed }),
})

testStore(t, {
  name: 'file',
  durable: true,
  place: async (t) => {
    const location = `${folderFor(t)}/store`
    return (seed) => openStore({ location, seed })
  },
})

void t.test('an address is no folder, and its password is not told', async (t) => {
  const { code, message } = await failure(
    openStore({ location: 'redis://me:secret@host:1', seed: seedOf({}) }),
  )
  t.equal(code, 'STANDIN_ERR_STORE_LOCATION')
  t.notMatch(message, /secret/)
})
