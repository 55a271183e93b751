import type { SourceLocation } from '../operation/source.js'
import type { CurlCommand } from './curl/command.js'
import { RequestBuilder } from './curl/request.js'
import { readCommandLine } from './curl/words.js'
import { Locator } from './locator.js'

export type { CurlCommand } from './curl/command.js'

/** Where a command may begin: at the start of a line, after a prompt, or within a line. */
const START =
  /(?:^[ \t\u00a0\u200b-\u200f\ufeff]*(?:[$>#%][ \t]*)?(?:sudo[ \t]+)?|[\s`(;&|:])curl(?:\.exe)?(?=[\s\u00a0\\^`])/gim
/** What follows it there: an option, something in quotes, a variable, a URL. Prose ("curl is") does not. */
const ARGUMENT = /["'\u2018\u201c<{$[\\]|[-\u2013\u2014]|https?:|[\w.-]{1,100}\.[a-z]{2}|localhost|\//iy
const BETWEEN = /[\s\u00a0\\^`]*/y

/** The first curl command in a text; undefined where there is none. `at` is the place of its first line. */
export const readCurl = (text: string, at: SourceLocation): CurlCommand | undefined =>
  readUpTo(text, at, 1)[0]

/** Every curl command in a text, in order. */
export const readCurls = (text: string, at: SourceLocation): CurlCommand[] => readUpTo(text, at, Infinity)

function readUpTo(text: string, at: SourceLocation, most: number): CurlCommand[] {
  const commands: CurlCommand[] = []
  const locator = new Locator(text, at)
  START.lastIndex = 0
  for (let match = START.exec(text); match && commands.length < most; match = START.exec(text)) {
    const offset = match.index + match[0].toLowerCase().lastIndexOf('curl')
    const start = START.lastIndex
    BETWEEN.lastIndex = start
    ARGUMENT.lastIndex = BETWEEN.test(text) ? BETWEEN.lastIndex : start
    if (!ARGUMENT.test(text)) continue
    const line = readCommandLine(text, start)
    const builder = new RequestBuilder(text, locator, offset)
    builder.readWords(line.words)
    commands.push(builder.build(line.faults))
    START.lastIndex = Math.max(line.end, start)
  }
  return commands
}
