import t from 'tap'
import { free } from '../../bench/mutants/free.js'
import { score } from '../../bench/mutants/score.js'
import { unnoticed, wrong } from '../../bench/mutants/wrong.js'

// Hundreds of interactions, on a machine that may be busy. `npm run mutants` tries all of them.
t.setTimeout(400_000)

/** One of each kind of mistake; a spread over the whole list, so that a new one is likely to be among them. */
const SAMPLE = 10
const step = Math.ceil(wrong.length / SAMPLE)

void t.test('wrong providers are noticed, and correct ones are not accused', async (t) => {
  const bad = wrong.filter((_, index) => index % step === 0)
  const good = [...unnoticed, ...free.filter((_, index) => index % 3 === 0)]
  const scores = await score([...bad, ...good].map(({ change }) => change))
  for (const [index, { name }] of bad.entries()) t.ok(scores[index]?.schema, `noticed: ${name}`)
  for (const [index, { name }] of good.entries()) {
    const { schema, first } = scores[bad.length + index] ?? {}
    t.equal(schema, false, `not accused: ${name} ${first ?? ''}`)
  }
  t.ok(wrong.length >= 50)
})
