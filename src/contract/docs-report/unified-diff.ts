import type { Edit } from './edits.js'

/** Lines around a change that tell where it belongs. */
const CONTEXT = 3

/**
 * A file's part of a patch, in the unified format of POSIX diff, as `git apply` and `patch -p1` read it.
 * @param edits by line, counted from 1
 */
export function unifiedDiff(
  file: string,
  lines: readonly string[],
  edits: ReadonlyMap<number, Edit>,
): string {
  // A text that ends with a line break has no line behind it.
  const all = lines.at(-1) === '' ? lines.slice(0, -1) : lines
  const unfinished = all.length === lines.length
  const numbers = [...edits.keys()].toSorted((a, b) => a - b)
  const hunks: [number, number][] = []
  for (const number of numbers) {
    const [start, end] = [Math.max(1, number - CONTEXT), Math.min(all.length, number + CONTEXT)]
    const last = hunks.at(-1)
    if (last && start <= last[1] + 1) last[1] = end
    else hunks.push([start, end])
  }
  let shift = 0
  const text = hunks.map(([start, end]) => {
    const body: string[] = []
    let removed = 0
    for (let number = start; number <= end; number++) {
      const line = all[number - 1] ?? ''
      const edit = edits.get(number)
      const bare = unfinished && number === all.length ? '\n\\ No newline at end of file' : ''
      if (!edit) body.push(` ${line}${bare}`)
      else if ('remove' in edit) {
        body.push(`-${line}${bare}`)
        removed++
      } else body.push(`-${line}${bare}`, `+${edit.replace}${bare}`)
    }
    const size = end - start + 1
    const head = `@@ -${start},${size} +${start - shift},${size - removed} @@`
    shift += removed
    return `${head}\n${body.join('\n')}\n`
  })
  return text.length === 0 ? '' : `--- a/${file}\n+++ b/${file}\n${text.join('')}`
}
