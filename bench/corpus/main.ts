import { equal } from '../../src/operation/equal.js'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { checkOperations, isFromCurl } from '../../src/cli/check/run.js'
import type { Operation } from '../../src/operation/operation.js'
import { formatSource } from '../../src/operation/source.js'
import { createStandin } from '../../src/standin.js'
import { table } from '../statistics.js'
import { type Dialect, DIALECTS, type NaivePage, readNaively } from './naive.js'
import { SampleServer } from './serve.js'

/**
 * `npm run corpus -- DIR [--list]`: what the reader makes of the pages in a folder, per dialect, next
 * to a naive count, with every sample really asked for. `--list` names what is lost or comes back wrong.
 */
const [folder, ...flags] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write('Usage: npm run corpus -- DIR [--list]\n')
  process.exit(2)
}
const list = flags.includes('--list')
const tell = (text: string): void => void (list && process.stdout.write(`${text}\n`))

const standin = await createStandin({ sources: [resolve(folder)], stateless: true, anyToken: true })
const { operations, findings } = standin.description

const counted = [
  'pages',
  'blocks',
  'operations',
  'lost',
  'method differs',
  'strict',
  'strict elsewhere',
  'repaired',
  'text',
  'placeholders',
  'unreadable',
  'curls seen',
  'curls read',
  'curls proven',
  'samples sent',
  'equal',
] as const
type Counts = { [Name in (typeof counted)[number]]: number }
const counts = new Map<Dialect, Counts>()
const isCounts = (value: Record<string, number>): value is Counts => counted.every((name) => name in value)
const row = (dialect: Dialect): Counts => {
  const known = counts.get(dialect)
  if (known) return known
  const fresh = Object.fromEntries(counted.map((name) => [name, 0]))
  if (!isCounts(fresh)) throw new Error('A count is missing')
  counts.set(dialect, fresh)
  return fresh
}

const pages = new Map<string, NaivePage>()
const naive = (file: string): NaivePage => {
  const known = pages.get(file)
  if (known) return known
  const page = readNaively(readFileSync(resolve(file), 'utf8'))
  pages.set(file, page)
  return page
}
for (const file of await markdownFiles(folder)) naive(file)

const byPlace = new Map<string, Operation[]>()
for (const operation of operations) {
  if (isFromCurl(operation)) continue
  for (const source of operation.sources) {
    const key = formatSource(source)
    byPlace.set(key, [...(byPlace.get(key) ?? []), operation])
  }
}
const found = new Set(findings.map(({ source }) => formatSource(source)))

for (const [file, page] of pages) {
  const [main] = page.blocks
  if (!main) continue
  row(main.dialect).pages++
  row(main.dialect)['curls seen'] += page.curls
  const own = new Set<Operation>()
  for (const { dialect, line, method } of page.blocks) {
    const key = `${file}:${line}`
    const documented = byPlace.get(key) ?? []
    for (const operation of documented) own.add(operation)
    const counts = row(dialect)
    counts.blocks++
    counts.operations += documented.length
    if (documented.length === 0 && !found.has(key)) {
      counts.lost++
      tell(`lost: ${key}`)
    }
    if (documented.length === 1 && method !== '' && documented[0]?.method !== method) {
      counts['method differs']++
      tell(`method: ${key} says ${method}, read ${documented[0]?.method}`)
    }
  }
  for (const operation of operations)
    if (operation.sources.some((source) => source.file === file)) own.add(operation)
  const shown = [...own].flatMap(examplesOf).flatMap((text) => parsed(text))
  for (const { line, value } of page.samples) {
    row(main.dialect).strict++
    if (shown.some((one) => equal(one, value))) continue
    row(main.dialect)['strict elsewhere']++
    tell(`strict JSON in no operation: ${file}:${line}`)
  }
}

const server = new SampleServer(standin)
const documented = operations.filter((operation) => !isFromCurl(operation))
for (const operation of documented) {
  const counts = row(dialectOf(operation))
  for (const { undocumentedBody } of operation.responses) {
    if (undocumentedBody?.includes('placeholder')) counts.placeholders++
  }
  for (const { example, response, wrong } of await server.serve(operation)) {
    if (example.origin === 'repaired') counts.repaired++
    if (example.origin === 'text') counts.text++
    counts['samples sent']++
    if (wrong === undefined) counts.equal++
    else
      tell(
        `not equal: ${formatSource(example.source)} ${operation.method} ${operation.path} ${response.status} '${example.name}': ${wrong}`,
      )
  }
}
for (const { operation, checks } of await checkOperations(standin.description, documented, (request) =>
  standin.inject(request),
)) {
  for (const { kind, outcome, source, reason } of checks) {
    if (kind !== 'curl') continue
    const counts = row(dialectOf(operation))
    counts['curls read']++
    if (outcome !== 'failed') counts['curls proven']++
    else tell(`curl: ${formatSource(source)} ${reason}`)
  }
}
for (const { rule, source, message } of findings) {
  if (!/unreadable|not-json/.test(rule)) continue
  const [block] = pages.get(source.file)?.blocks ?? []
  if (block) row(block.dialect).unreadable++
  tell(`${rule}: ${formatSource(source)} ${message}`)
}
await standin.close()

const rows = DIALECTS.map((dialect) => [dialect, ...counted.map((name) => String(row(dialect)[name]))])
process.stdout.write(`${table(['dialect', ...counted], rows)}\n`)

function dialectOf({ sources }: Operation): Dialect {
  for (const { file, line } of sources) {
    const block = pages.get(file)?.blocks.find((one) => one.line === line)
    if (block) return block.dialect
  }
  for (const { file } of sources) {
    const [block] = pages.get(file)?.blocks ?? []
    if (block) return block.dialect
  }
  return 'embedded'
}

function examplesOf({ requestBody, responses }: Operation): string[] {
  const content = [...(requestBody?.content ?? []), ...responses.flatMap((response) => response.content)]
  return content.flatMap(({ examples }) => examples.map(({ text }) => text))
}

function parsed(text: string): unknown[] {
  try {
    return [JSON.parse(text)]
  } catch {
    return []
  }
}

async function markdownFiles(folder: string): Promise<string[]> {
  const { findFiles } = await import('../../src/load/find.js')
  const files = await findFiles(folder, process.cwd())
  return files.map(({ path }) => path).filter((path) => /\.(md|markdown|mdx)$/i.test(path))
}
