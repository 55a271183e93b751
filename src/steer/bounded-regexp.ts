import { createContext, Script } from 'node:vm'
import { Refused } from './refused.js'

/** Milliseconds that a pattern may take for one text; some take longer than the universe for forty letters. */
const LONGEST = 100

/** Milliseconds that patterns may take for all texts of one request. */
const LONGEST_ALL = 1000

/** Characters of a text that a pattern is asked about; more never match. */
const MOST = 10_000

const context: { expression: RegExp | undefined; text: string } = { expression: undefined, text: '' }
let script: { readonly test: Script; readonly in: ReturnType<typeof createContext> } | undefined

interface Account {
  readonly pointer: string
  /** Milliseconds. */
  left: number
}

let spending: Account | undefined

/** What the patterns of one request may take together, however many texts they are looked for in. */
export class PatternBudget {
  readonly #account: Account

  /** @param pointer where the patterns stand in the request, for the refusal */
  constructor(pointer: string) {
    this.#account = { pointer, left: LONGEST_ALL }
  }

  /** Calls a function whose {@link testBounded} count. Throws {@link Refused} where they take too long together. */
  within<Result>(run: () => Result): Result {
    const outer = spending
    spending = this.#account
    try {
      return run()
    } finally {
      spending = outer
    }
  }
}

function spend(account: Account, milliseconds: number): void {
  account.left -= milliseconds
  if (account.left > 0) return
  throw new Refused(
    account.pointer,
    `its patterns take more than ${LONGEST_ALL} ms to be looked for in the calls that are kept: ask of fewer calls, by operationId or after, or write a pattern without repetitions of repetitions`,
  )
}

/**
 * Whether a pattern is in the text. False where the text is too long for it, or finding out takes too
 * long. Throws {@link Refused} where it counts for a {@link PatternBudget} that is used up.
 */
export function testBounded(expression: RegExp, text: string): boolean {
  if (text.length > MOST) return false
  if (!spending) return tested(expression, text, LONGEST)
  const began = performance.now()
  const longest = Math.max(1, Math.min(LONGEST, Math.ceil(spending.left)))
  const found = tested(expression, text, longest)
  spend(spending, performance.now() - began)
  return found
}

function tested(expression: RegExp, text: string, timeout: number): boolean {
  script ??= { test: new Script('expression.test(text)'), in: createContext(context) }
  context.expression = expression
  context.text = text
  try {
    // A regular expression cannot be stopped from outside; V8 stops one that runs in a script with a limit.
    return script.test.runInContext(script.in, { timeout }) === true
  } catch {
    return false
  }
}
