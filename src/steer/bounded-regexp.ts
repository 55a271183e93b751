import { createContext, Script } from 'node:vm'

/** Milliseconds that a pattern may take for one text; some take longer than the universe for forty letters. */
const LONGEST = 100

/** Characters of a text that a pattern is asked about; more never match. */
const MOST = 10_000

const context: { expression: RegExp | undefined; text: string } = { expression: undefined, text: '' }
let script: { readonly test: Script; readonly in: ReturnType<typeof createContext> } | undefined

/** Whether a pattern is in the text. False where the text is too long for it, or finding out takes too long. */
export function testBounded(expression: RegExp, text: string): boolean {
  if (text.length > MOST) return false
  script ??= { test: new Script('expression.test(text)'), in: createContext(context) }
  context.expression = expression
  context.text = text
  try {
    // A regular expression cannot be stopped from outside; V8 stops one that runs in a script with a limit.
    return script.test.runInContext(script.in, { timeout: LONGEST }) === true
  } catch {
    return false
  }
}
