import t from 'tap'
import { Deliveries } from '../../src/serve/deliveries.js'

void t.test('what is under way is finished when there is no time left, once', async (t) => {
  const deliveries = new Deliveries()
  const finished: string[] = []
  deliveries.add(() => finished.push('early'))
  const settled = deliveries.add(() => finished.push('settled before'))
  settled()
  deliveries.hurry()
  t.strictSame(finished, ['early'])

  deliveries.add(() => finished.push('late'))
  const gone = deliveries.add(() => finished.push('late, but settled'))
  gone()
  t.strictSame(finished, ['early'], 'whoever adds is not called while it does')
  await Promise.resolve()
  t.strictSame(finished, ['early', 'late'])
})
