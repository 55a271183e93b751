import { readFileSync } from 'node:fs'
import t from 'tap'
import { errors } from '../src/errors.js'

void t.test('code, key and heading in docs/errors.md are the same', async (t) => {
  const sections = readFileSync('docs/errors.md', 'utf8').split(/^## /m).slice(1)
  const headings = sections.map((section) => section.split('\n', 1)[0] ?? '')
  const keys = Object.keys(errors)
  for (const [key, Constructor] of Object.entries(errors)) t.equal(new Constructor('a', 'b', 'c').code, key)
  t.strictSame(
    keys.filter((key) => !headings.includes(key)),
    [],
    'errors without a section',
  )
  t.strictSame(
    headings.filter((heading) => !keys.includes(heading)),
    [],
    'sections without an error',
  )
  t.equal(new Set(headings).size, headings.length, 'no section twice')
  for (const section of sections) {
    t.match(section, /\n\n.+\n\n\*\*What to do\.\*\* ./s, section.split('\n', 1)[0] ?? '')
  }
})

void t.test('every error names what it is about', async (t) => {
  for (const Constructor of Object.values(errors)) {
    const { message, statusCode } = new Constructor('first', 'second', 'third')
    t.match(message, /first/)
    t.notMatch(message, /%s/)
    t.type(statusCode, 'number')
  }
})
