import { contracts } from './contracts.js'
import { portal } from './portal.js'
import { replay } from './replay.js'
import { replicas } from './replicas.js'
import { scale } from './scale.js'
import { sessions } from './sessions.js'
import { store } from './store.js'

/** `npm run bench -- [NAME]`: one benchmark or all, each with its reference beside it in the same run. */
const benchmarks: Readonly<Record<string, () => Promise<string>>> = {
  contracts,
  replay,
  replicas,
  scale,
  sessions,
  store,
  portal,
}

const names = process.argv.slice(2)
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const benchmark = benchmarks[name]
  if (!benchmark) {
    process.stderr.write(`No benchmark is called ${name}. There are: ${Object.keys(benchmarks).join(', ')}\n`)
    process.exitCode = 2
    break
  }
  process.stdout.write(`${await benchmark()}\n`)
}
