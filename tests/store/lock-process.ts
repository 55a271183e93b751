// Opens a store, says whether it got it, and holds it until its input ends or it is killed.
import { writeSync } from 'node:fs'
import { openFileStore } from '../../src/store/file.js'

const [folder = ''] = process.argv.slice(2)
try {
  const store = await openFileStore(folder, { seed: async () => ({}) })
  writeSync(1, 'open\n')
  process.stdin.resume().on('end', () => void store.close())
} catch (error) {
  writeSync(1, `${error instanceof Error && 'code' in error ? String(error.code) : String(error)}\n`)
}
