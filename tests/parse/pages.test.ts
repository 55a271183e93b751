import { existsSync, readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { readSource } from '../../src/parse/source.js'
import { summaryOf } from './summary.js'

const FOLDER = 'fixtures/parser'

/** Each folder holds a page and what is to be understood of it. */
for (const name of readdirSync(FOLDER)) {
  const read = (path: string): string | undefined =>
    existsSync(`${FOLDER}/${name}/${path}`) ? readFileSync(`${FOLDER}/${name}/${path}`, 'utf8') : undefined
  void t.test(name, (t) => {
    const page = read('page.md') ?? ''
    const description = readSource({ path: 'page.md', text: page }, { read })
    const actual: unknown = JSON.parse(JSON.stringify(summaryOf(description)))
    t.strictSame(actual, JSON.parse(read('expected.json') ?? '{}'))
    t.end()
  })
}
