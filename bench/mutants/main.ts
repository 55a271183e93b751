import { table } from '../statistics.js'
import { free } from './free.js'
import { type Score, score } from './score.js'
import { unnoticed, wrong } from './wrong.js'

/** `npm run mutants`: how many wrong providers each kind of contract notices, and whether any correct one is accused. */
const all = [...wrong, ...unnoticed, ...free]
const scores = await score(all.map(({ change }) => change))
const scoreOf = (index: number): Score | undefined => scores[index]
const KINDS = ['documented', 'negative', 'schema'] as const

const rows = ['response', 'auth', 'validation', 'routing'].map((group) => {
  const members = wrong.flatMap((one, index) => (one.group === group ? [scoreOf(index)] : []))
  const noticed = (kind: (typeof KINDS)[number]) => String(members.filter((one) => one?.[kind]).length)
  return [group, String(members.length), ...KINDS.map(noticed)]
})
const total = (column: number) => String(rows.reduce((sum, row) => sum + Number(row[column]), 0))
rows.push(['all', ...[1, 2, 3, 4].map(total)])
const start = wrong.length + unnoticed.length
const accused = free.filter((_, index) => scoreOf(start + index)?.schema)
rows.push([
  'correct',
  String(free.length),
  ...KINDS.map((kind) => String(free.filter((_, index) => scoreOf(start + index)?.[kind]).length)),
])
const headings = [
  'wrong providers',
  'number',
  'documented contract',
  'with --negative',
  'with the schema check',
]
process.stdout.write(`${table(headings, rows)}\n`)

const survivors = wrong.filter((_, index) => scoreOf(index)?.schema !== true)
const noticed = unnoticed.filter((_, index) => scoreOf(wrong.length + index)?.schema)
for (const { name, group } of survivors) process.stdout.write(`not noticed: ${group}: ${name}\n`)
for (const { name } of unnoticed) process.stdout.write(`may pass: ${name}\n`)
for (const one of [...accused, ...noticed]) {
  const index = all.findIndex(({ name }) => name === one.name)
  process.stdout.write(`false alarm: ${one.name}: ${scoreOf(index)?.first}\n`)
}
process.exitCode = survivors.length + accused.length + noticed.length === 0 ? 0 : 1
