// Runs the built tests: all that need nothing but Node, or with --integration those that need more.
// Arguments name test files by a part of their path. Coverage is held to its thresholds when all run.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'

/** Percent of src/. What only a failing disk, Windows or a lost race reaches is the rest. */
const THRESHOLDS = { lines: 95, branches: 88, functions: 93 }

const integration = process.argv.includes('--integration')
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const files = readdirSync('.build/tests', { recursive: true })
  .map((file) => join('.build/tests', String(file)))
  .filter((file) => file.endsWith('.test.js') && isIntegration(file) === integration)
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.replaceAll('\\', '/').includes(part)))
  .toSorted()
if (files.length === 0) stop(`No test file is called like ${wanted.join(' or ')}`)

const withCoverage = !integration && wanted.length === 0
mkdirSync('.tap', { recursive: true })
const tap = join(dirname(createRequire(import.meta.url).resolve('tap/package.json')), 'dist/esm/run.mjs')
// A fresh install has tap with all its plugins, one of which cannot work with this TypeScript: tap is
// built anew with those that .taprc names. Nothing happens where that is what it has.
const built = spawnSync(process.execPath, [tap, 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
if (built.status !== 0) stop('tap could not be built with the plugins of .taprc')
// tap would leave a processor free, which of two is half. Integration tests start what needs the other.
const jobs = integration ? [] : [`--jobs=${availableParallelism()}`]
const { status } = spawnSync(
  process.execPath,
  [
    tap,
    ...jobs,
    `--output-file=.tap/${integration ? 'integration' : 'unit'}.tap`,
    ...(withCoverage ? [] : ['--disable-coverage']),
    ...files,
  ],
  { stdio: 'inherit' },
)
if (status !== 0) process.exit(status ?? 1)
if (withCoverage) checkCoverage()

function isIntegration(file) {
  return file.split(/[\\/]/).includes('integration')
}

function checkCoverage() {
  const { total: _, ...files } = JSON.parse(readFileSync('.tap/report/coverage-summary.json', 'utf8'))
  // Programs of the guides run the built package, whose files count as others than those of src/.
  const ours = Object.entries(files).flatMap(([file, counts]) => (/[\\/]src[\\/]/.test(file) ? [counts] : []))
  const sum = (what, kind) => ours.reduce((all, counts) => all + counts[what][kind], 0)
  const percent = (what) => Math.floor((10_000 * sum(what, 'covered')) / sum(what, 'total')) / 100
  const reached = Object.keys(THRESHOLDS).map((what) => `${what} ${percent(what)} %`)
  const short = Object.entries(THRESHOLDS).filter(([what, least]) => !(percent(what) >= least))
  process.stdout.write(`Coverage: ${reached.join(', ')}\n`)
  if (short.length > 0)
    stop(`Coverage is below ${short.map(([what, least]) => `${what} ${least} %`).join(', ')}`)
}

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
