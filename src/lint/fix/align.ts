/** Lines `from` to `to` (not included) of the old text, and what takes their place. */
export interface Hunk {
  readonly from: number
  readonly to: number
  readonly lines: readonly string[]
}

/** How far apart, in lines of both texts, two equal lines are still seen as the same one. */
const REACH = 60

/**
 * Where a mended text differs from the written one, by lines. White space at the end of lines is no
 * difference, and blank lines that only the written text has stay. Linear: each line looks a bounded
 * way ahead.
 */
export function hunks(written: readonly string[], mended: readonly string[]): Hunk[] {
  const found: Hunk[] = []
  const same = (a: number, b: number): boolean =>
    a < written.length && b < mended.length && written[a]?.trimEnd() === mended[b]?.trimEnd()
  let a = 0
  let b = 0
  while (a < written.length || b < mended.length) {
    if (same(a, b)) {
      a++
      b++
    } else if (written[a]?.trim() === '') a++
    else {
      const [skipA, skipB] = nextSame(written.length - a, mended.length - b, (da, db) => same(a + da, b + db))
      found.push(hunkOf(written, mended, a, a + skipA, b, b + skipB))
      a += skipA
      b += skipB
    }
  }
  return found
}

/** How many lines of each to skip to the next pair of equal ones; all that are left where there is none near. */
function nextSame(
  left: number,
  right: number,
  same: (a: number, b: number) => boolean,
): readonly [number, number] {
  for (let distance = 1; distance <= REACH && distance <= left + right; distance++) {
    // Skipping as many of both first: most mendings change a line and add none.
    const middle = distance >> 1
    for (let offset = 0; offset <= distance; offset++) {
      const a = middle + (offset % 2 === 0 ? offset / 2 : -(offset + 1) / 2)
      if (a < 0 || a > distance) continue
      if (same(a, distance - a)) return [a, distance - a]
    }
  }
  return [left, right]
}

/** Where a line takes the place of a line, white space at its end and blank lines between stay. */
function hunkOf(
  written: readonly string[],
  mended: readonly string[],
  from: number,
  to: number,
  start: number,
  end: number,
): Hunk {
  const lines = mended.slice(start, end)
  const old = written.slice(from, to)
  if (old.filter((line) => line.trim() !== '').length !== lines.length) return { from, to, lines }
  const rest = lines[Symbol.iterator]()
  const kept = old.map((line) =>
    line.trim() === '' ? line : `${rest.next().value ?? ''}${/[ \t]*$/.exec(line)?.[0] ?? ''}`,
  )
  return { from, to, lines: kept }
}
