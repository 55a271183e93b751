import t from 'tap'
import { createStandin } from '../src/standin.js'
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

void t.test('a control token that no header can bring is refused', async (t) => {
  for (const controlToken of ['', 'two words', 'tökén', 'line\n']) {
    await t.rejects(
      createStandin({ controlToken, logger: false }),
      { code: 'STANDIN_ERR_USAGE', message: /controlToken/ },
      JSON.stringify(controlToken),
    )
  }
})
