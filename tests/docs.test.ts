import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { OWN_HEADERS } from '../src/serve/send.js'

const read = (file: string) => readFileSync(file, 'utf8')
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .toSorted()

void t.test('the map has one line for each file, and none for a file that is gone', async (t) => {
  const mapped = [...read('docs/map.md').matchAll(/^- \[`([^`]+)`\]\(\.\.\/([^)]+)\): (.+)$/gm)]
  const files = mapped.map(([, file]) => file ?? '')
  for (const [line, file, target, text] of mapped) {
    t.equal(file, target, line)
    t.ok((text?.length ?? 0) >= 10, line)
  }
  const there = ['src', 'bench', 'scripts'].flatMap(filesIn)
  t.strictSame(
    there.filter((file) => !files.includes(file)),
    [],
    'files without a line in docs/map.md',
  )
  t.strictSame(
    files.filter((file) => !there.includes(file)),
    [],
    'lines of docs/map.md without a file',
  )
  t.equal(new Set(files).size, files.length, 'no file twice')
})

void t.test('every header of our own is explained, and no other', async (t) => {
  const headings = [...read('docs/headers.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
  t.strictSame(headings, [...OWN_HEADERS])
  t.ok(OWN_HEADERS.every((name) => name.startsWith('standin-')))
})

/** Without listings: pages on what is wrong with links show such links. */
const unfenced = (page: string) => page.replace(/^(`{3,})[\s\S]*?^\1$/gm, '')

void t.test('links between our own pages lead somewhere', async (t) => {
  const pages = [
    ...readdirSync('.').filter((file) => file.endsWith('.md')),
    ...filesIn('docs').filter((file) => file.endsWith('.md')),
  ]
  t.ok(pages.includes('README.md'))
  for (const page of pages) {
    for (const [, target = ''] of unfenced(read(page)).matchAll(/\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      t.ok(existsSync(join(dirname(page), target)), `${page}: ${target}`)
    }
  }
})

void t.test('decisions are numbered, each number once, and say what was decided', async (t) => {
  const numbers = filesIn('docs/decisions').map((page) => {
    const [, number] = /\/(\d{4})-[a-z0-9-]+\.md$/.exec(page) ?? []
    const text = read(page)
    t.match(text, new RegExp(`^# ${Number(number)}[.:] |^# ${number}[.:] `), page)
    t.match(text, /\*\*Decision\.\*\*|^## (Decision|What was decided)$/m, page)
    return number
  })
  t.equal(new Set(numbers).size, numbers.length, numbers.join())
})

void t.test('README, changelog and the like are there', async (t) => {
  for (const file of ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'LICENSE']) {
    t.ok(read(file).length > 300, file)
  }
  t.match(read('CHANGELOG.md'), /^## Unreleased$/m)
})
