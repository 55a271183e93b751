import type * as Library from '../../src/index.js'
import { serveForBench } from './child.js'

// As it is shipped, in few files: what tests run has hundreds, each of which a start would have to find.
const shipped = new URL('../../../dist/index.js', import.meta.url).href
const { createStandin }: typeof Library = await import(shipped)

/** Standin as a person starts it, but for the log. The argument is the store, or `stateless`. */
const [store = 'memory'] = process.argv.slice(2)
const standin = await createStandin({
  logger: false,
  port: 0,
  ...(store === 'stateless' ? { stateless: true } : { store }),
})
serveForBench(() => standin.listen())
