import { createStandin } from '../../src/index.js'
import { serveForBench } from './child.js'

/** Standin as a person starts it, but for the log. The argument is the store, or `stateless`. */
const [store = 'memory'] = process.argv.slice(2)
const standin = await createStandin({
  logger: false,
  port: 0,
  ...(store === 'stateless' ? { stateless: true } : { store }),
})
serveForBench(() => standin.listen())
