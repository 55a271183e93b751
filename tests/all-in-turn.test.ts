import t from 'tap'
import { allInTurn } from '../src/all-in-turn.js'

void t.test(
  'each is done in its turn, whatever fails before it, and the first failure is told',
  async (t) => {
    const done: string[] = []
    const ending = allInTurn([
      async () => {
        await new Promise(setImmediate)
        done.push('one')
      },
      async () => Promise.reject(new Error('the second')),
      () => {
        throw new Error('the third')
      },
      () => undefined,
      async () => done.push('last'),
    ])
    await t.rejects(ending, { message: 'the second' })
    t.strictSame(done, ['one', 'last'])
  },
)
