import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { format } from 'oxfmt'
import t from 'tap'
import { emitTypeBox } from '../../../src/emit/typebox.js'
import { description } from './descriptions.js'

const { semi, singleQuote, printWidth } = JSON.parse(
  readFileSync(new URL('.oxfmtrc.json', import.meta.resolve('standin/package.json')), 'utf8'),
)

const lines = (text: string, from: number): string =>
  text
    .split('\n')
    .slice(from - 1, from + 5)
    .join('\n')

await t.test('modules are as the formatter would print them', async (t) => {
  await fc.assert(
    fc.asyncProperty(description, async (given) => {
      for (const { path, text } of emitTypeBox(given)) {
        if (!path.endsWith('.ts')) continue
        const { code, errors } = await format(path, text, { semi, singleQuote, printWidth })
        const [error] = errors
        if (error) throw new Error(error.message)
        const wrong = text.split('\n').findIndex((line, i) => line !== code.split('\n')[i])
        if (wrong !== -1) throw new Error(`${path}:\n${lines(text, wrong)}\nshould be\n${lines(code, wrong)}`)
      }
    }),
    { numRuns: 15, seed: 7 },
  )
  t.pass()
})
