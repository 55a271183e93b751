import type { Terminal } from './terminal.js'

/** Milliseconds: nobody who waits for less needs to be told why. */
const PATIENCE = 1000
/** Milliseconds between two signs: on a terminal, where a line is written over, and elsewhere. */
const OFTEN = 100
const SELDOM = 2000

export interface Progress {
  readonly onRead: (read: number, total: number) => void
  /** Takes the line away; what is read later is nobody's waiting. */
  readonly done: () => void
}

/** Tells on stderr how far the reading of sources has come, once it takes longer than a second. */
export function progress(
  { stderr }: Terminal,
  now: () => number = performance.now.bind(performance),
): Progress {
  const live = stderr.isTTY === true
  const begun = now()
  let last = begun
  let shown = false
  let over = false
  return {
    onRead: (read, total) => {
      if (over) return
      const time = now()
      if (time - begun < PATIENCE || time - last < (live || !shown ? OFTEN : SELDOM)) return
      last = time
      shown = true
      const text = `Reading the sources: ${read} of ${total} files`
      // ECMA-48 section 8.3.41: EL erases to the end of the line.
      stderr.write(live ? `\r${text}\u001B[K` : `${text}\n`)
    },
    done: () => {
      over = true
      if (live && shown) stderr.write('\r\u001B[K')
    },
  }
}
