import { createStandin } from '../../src/index.js'
import { serveForBench } from './child.js'

/** Standin for a folder of pages. The arguments are the store, or `stateless`, and the folder. */
const [store = 'memory', folder = '.'] = process.argv.slice(2)
const standin = await createStandin({
  logger: false,
  port: 0,
  sources: [folder],
  ...(store === 'stateless' ? { stateless: true } : { store }),
})
serveForBench(() => standin.listen())
