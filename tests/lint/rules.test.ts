import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { rules } from '../../src/lint/rules.js'

/** Where findings are made; the findings of contracts are of another kind. */
const FOLDERS = ['src/parse', 'src/operation', 'src/lint', 'src/load']

/** A rule's id where a finding is made, with the severity where one stands beside it. */
const FINDING =
  /(?:\brule:|\brule =|\bRULE =|\b[rR]eport\(|\bfail\(|#find\(|#report\()\s*([^,;{}]{0,120}?'[a-z]+(?:-[a-z]+)+'[^,;{}]{0,60}?)(?:,\s*(?:severity:\s*)?'(error|warning|info)')?[,;\n)]/g

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('rules/'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
)
const emitted = sources.flatMap((text) =>
  [...text.matchAll(FINDING)].flatMap(([, words = '', severity]) =>
    [...words.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, id = '']) => ({ id, severity })),
  ),
)
const bundled = onboarding.description.findings.map(({ rule, severity }) => ({ id: rule, severity }))

void t.test('every finding is of a registered rule, with its severity', async (t) => {
  t.ok(emitted.length > 60, `${emitted.length} places make findings`)
  for (const { id, severity } of [...emitted, ...bundled]) {
    const rule = rules.get(id)
    t.ok(rule, `${id} is registered`)
    if (severity !== undefined) t.equal(severity, rule?.severity, `severity of ${id}`)
  }
})

void t.test('every registered rule is one that something finds', async (t) => {
  const found = new Set([...emitted, ...bundled].map(({ id }) => id))
  t.strictSame(
    [...rules.keys()].filter((id) => !found.has(id)),
    [],
  )
})

void t.test('every rule has a page that says what it is, and every page a rule', async (t) => {
  const pages = readdirSync('docs/rules').map((name) => name.replace(/\.md$/, ''))
  t.strictSame(pages.toSorted(), [...rules.keys()].toSorted())
  for (const [id, { severity, fixable }] of rules) {
    const page = readFileSync(`docs/rules/${id}.md`, 'utf8')
    t.ok(page.startsWith(`# ${id}\n\nSeverity: ${severity}.`), `${id}: heading and severity`)
    t.equal(page.includes('`--fix` mends it.'), fixable === true, `${id}: --fix`)
    for (const part of [
      '**Why it matters.**',
      '**Bad**',
      '**Good**',
      '**To turn it off.**',
      `"${id}": "off"`,
    ])
      t.ok(page.includes(part), `${id}: ${part}`)
  }
})
