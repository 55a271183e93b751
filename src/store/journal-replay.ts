import { readFile, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { errorMessage } from './failure.js'
import { journalNumber } from './journal.js'
import { type JournalLine, parseLine } from './journal-line.js'
import type { OnMessage } from './json-file.js'

/** What the last run left in its journal, because it was killed or could not write the other files. */
export interface Replay {
  /** By session, in the order in which they were written. */
  readonly lines: ReadonlyMap<string, readonly JournalLine[]>
  readonly paths: readonly string[]
  /** The highest number in use, 0 where there is none. */
  readonly last: number
}

interface Broken {
  /** From 1. */
  readonly number: number
  readonly text: string
  readonly problem: string
}

function readLines(text: string): { good: JournalLine[]; broken: Broken[] } {
  const texts = text.split('\n')
  const good: JournalLine[] = []
  const broken: Broken[] = []
  for (const [index, line] of texts.entries()) {
    if (line === '') continue
    try {
      good.push(parseLine(line))
    } catch (error) {
      // The process died in the middle of it, so nobody was told that it is kept.
      const torn = index === texts.length - 1 && line.startsWith('{')
      if (!torn) broken.push({ number: index + 1, text: line, problem: errorMessage(error) })
    }
  }
  return { good, broken }
}

async function setAside(path: string, broken: readonly Broken[], onMessage: OnMessage): Promise<void> {
  const [first] = broken
  if (first === undefined) return
  const aside = `${path}.broken-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
  await writeFile(aside, broken.map(({ text }) => `${text}\n`).join(''), { flag: 'wx', mode: 0o600 })
  const more = broken.length === 1 ? '' : `, and ${broken.length - 1} more like it`
  onMessage(
    `${path}:${first.number}: ${first.problem}${more}. What is broken was set aside as ${basename(aside)}; all other lines stand.`,
  )
}

export async function readJournals(folder: string, onMessage: OnMessage): Promise<Replay> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries
    .map((entry) => ({ entry, number: journalNumber(entry.name) }))
    .filter((item): item is { entry: typeof item.entry; number: number } => item.number !== undefined)
    .toSorted((a, b) => a.number - b.number)
  const paths = found.filter(({ entry }) => entry.isFile()).map(({ entry }) => join(folder, entry.name))
  const lines = new Map<string, JournalLine[]>()
  for (const path of paths) {
    const { good, broken } = readLines(await readFile(path, 'utf8'))
    await setAside(path, broken, onMessage)
    for (const line of good) {
      const session = line.session ?? ''
      const known = lines.get(session)
      if (known === undefined) lines.set(session, [line])
      else known.push(line)
    }
  }
  return { lines, paths, last: found.at(-1)?.number ?? 0 }
}
