import t from 'tap'
import { inSlices } from '../src/in-slices.js'

/** Steps that take so long that each is a slice of its own. */
function* slow(count: number, taken: number[]): Generator<void> {
  for (let step = 0; step < count; step++) {
    const until = performance.now() + 10
    while (performance.now() < until);
    taken.push(step)
    yield
  }
}

void t.test('others have their turn between slices', async (t) => {
  const taken: number[] = []
  let turns = 0
  const turn = (): void => {
    turns++
    if (taken.length < 5) setImmediate(turn)
  }
  setImmediate(turn)
  await inSlices(slow(5, taken), new AbortController().signal)
  t.strictSame(taken, [0, 1, 2, 3, 4])
  t.ok(turns >= 4, `${turns} turns`)
})

void t.test('nothing is done any more once it is called off', async (t) => {
  const taken: number[] = []
  const controller = new AbortController()
  setImmediate(() => controller.abort())
  await inSlices(slow(5, taken), controller.signal)
  t.strictSame(taken, [0])
})
