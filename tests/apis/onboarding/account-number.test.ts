import * as fc from 'fast-check'
import t from 'tap'
import { accountNumberOf } from '../../../src/apis/onboarding/account-number.js'

const cases: Record<string, string | undefined> = {
  '100': '100',
  '100.0': '100',
  '1e2': '100',
  '1.00E+2': '100',
  '0.001e5': '100',
  '1000e-1': '100',
  '0': '0',
  '-0': '0',
  '0e999999999': '0',
  '9223372036854775807': '9223372036854775807',
  '9999999999999999999': '9999999999999999999',
  '10000000000000000000': undefined,
  '1e19': undefined,
  '1e999999999': undefined,
  '1e-999999999': undefined,
  '1.5': undefined,
  '1234567890123456789.5': undefined,
  '-1': undefined,
  '': undefined,
  '0x10': undefined,
  '1e2 ': undefined,
}
for (const [text, digits] of Object.entries(cases)) {
  await t.test(`"${text}" is ${digits ?? 'no account number'}`, async (t) =>
    t.equal(accountNumberOf(text), digits),
  )
}

await t.test('no digit is lost, however the number is written', async () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 9_999_999_999_999_999_999n }),
      fc.nat({ max: 18 }),
      (number, places) => {
        const digits = String(number)
        const point = Math.min(places, digits.length - 1)
        const whole = digits.slice(0, digits.length - point)
        const scientific = point === 0 ? digits : `${whole}.${digits.slice(digits.length - point)}e${point}`
        return accountNumberOf(digits) === digits && accountNumberOf(scientific) === digits
      },
    ),
    { seed: 7 },
  )
})
