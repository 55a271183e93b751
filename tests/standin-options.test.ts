import t from 'tap'
import { delayRange } from '../src/standin-options.js'

void t.test('delayRange', async (t) => {
  const cases: [string | number, { min: number; max: number } | undefined][] = [
    [200, { min: 200, max: 200 }],
    ['0', { min: 0, max: 0 }],
    ['100-300', { min: 100, max: 300 }],
    ['300-100', undefined],
    ['-1', undefined],
    ['1-', undefined],
    ['1.5', undefined],
    ['', undefined],
  ]
  for (const [given, expected] of cases) t.strictSame(delayRange(given), expected, String(given))
})
