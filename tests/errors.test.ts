import { readFileSync } from 'node:fs'
import t from 'tap'
import { errors } from '../src/errors.js'
import { PROBLEMS } from '../src/respond/problem.js'

const sections = readFileSync('docs/errors.md', 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((text) => text.split(/^# /m, 1)[0] ?? '')
const headingOf = (section: string) => section.split('\n', 1)[0] ?? ''

void t.test('the page has a section for each error and each problem, and no other', async (t) => {
  t.strictSame(
    sections.map(headingOf).toSorted(),
    [...Object.keys(errors), ...Object.keys(PROBLEMS)].toSorted(),
  )
  for (const section of sections) {
    t.match(section, /\n\n.+\n\n\*\*What to do\.\*\* ./s, headingOf(section))
  }
})

void t.test('an error has its code for a key, and says what it is about', async (t) => {
  for (const [key, Constructor] of Object.entries(errors)) {
    const { code, message, statusCode } = new Constructor('first', 'second', 'third')
    t.equal(code, key)
    if (key !== 'STANDIN_ERR_STATELESS') t.match(message, /first/)
    t.notMatch(message, /%s/)
    t.type(statusCode, 'number')
  }
})

void t.test("the section of a problem begins with the problem's status", async (t) => {
  for (const [code, { status }] of Object.entries(PROBLEMS)) {
    const section = sections.find((text) => headingOf(text) === code) ?? ''
    t.match(section, `\n\nStatus ${status}. `, code)
    t.match(code, /^[a-z]+(-[a-z]+)*$/, 'which is also the anchor that a renderer makes of the heading')
  }
})
