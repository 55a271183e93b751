// Prints `N passed, N failed, N skipped` over the TAP files that are named, as the last line of a CI run.
// A file that is missing or was cut off counts as a failure, so that nothing is lost in silence.
import { readFileSync } from 'node:fs'

const totals = { passed: 0, failed: 0, skipped: 0 }
for (const file of process.argv.slice(2)) {
  const { passed, failed, skipped } = countsOf(file)
  totals.passed += passed
  totals.failed += failed
  totals.skipped += skipped
}
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)

function countsOf(file) {
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    process.stderr.write(`${file} is missing: its tests did not run\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  // tap closes with a count of the single assertions: `# { total: 152, pass: 151, fail: 1 }`.
  const summary = text.match(/^# \{ total: .*\}$/gm)?.at(-1)
  if (summary === undefined) {
    process.stderr.write(`${file} has no closing count: its run was cut off\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const count = (name) => Number(new RegExp(`\\b${name}: (\\d+)`).exec(summary)?.[1] ?? 0)
  return { passed: count('pass'), failed: count('fail'), skipped: count('skip') + count('todo') }
}
