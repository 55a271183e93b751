import t from 'tap'
import { folderFor } from '../folder.js'
import { openStore } from '../../src/store/open.js'
import type { Store } from '../../src/store/store.js'
import { crashImage } from './helper.js'
import { modelSeed, testModel } from './model.js'

// The files are written all the time, so that crashes hit that too.
const open = (location: string, onMessage: (message: string) => void): Promise<Store> =>
  openStore({ location, seed: modelSeed, onMessage, saveEvery: 1 })

void t.test('the file store behaves as a Map does, over restarts and crashes too', async (t) => {
  const root = folderFor(t)
  let runs = 0
  const place = () => {
    const folder = `${root}/${runs++}`
    let crashes = 0
    return {
      durable: true,
      open: (onMessage: (message: string) => void) => open(folder, onMessage),
      crash: (onMessage: (message: string) => void) =>
        open(crashImage(folder, `${folder}-${crashes++}`), onMessage),
    }
  }
  await testModel(t, place, { numRuns: 60, seed: 1 })
})

void t.test('the memory store behaves as a Map does', (t) =>
  testModel(
    t,
    () => ({ durable: false, open: (onMessage: (message: string) => void) => open('memory', onMessage) }),
    { numRuns: 100, seed: 2 },
  ),
)
