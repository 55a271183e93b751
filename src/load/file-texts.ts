import { readFileSync, type Stats, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ReadContext } from '../parse/source-file.js'

/** Bytes; a file beyond it is not documentation. */
const LARGEST_FILE = 256 * 2 ** 20

interface Known {
  readonly version: string
  readonly text: string
}

/** Texts of files, read again only where the file system says that they have changed. */
export class FileTexts {
  readonly #known = new Map<string, Known>()

  constructor(private readonly cwd: string) {}

  async read(path: string): Promise<string> {
    const absolute = resolve(this.cwd, path)
    const version = versionOf(await stat(absolute))
    const known = this.#known.get(path)
    if (known?.version === version) return known.text
    // Decoded in one go, which takes a fraction of the time that a decoder of chunks does.
    return this.#keep(path, version, (await readFile(absolute)).toString())
  }

  /** Files that sources refer to, each looked at once; from this machine only: an address is never fetched. */
  context(): ReadContext {
    const looked = new Map<string, string | undefined>()
    return {
      read: (path) => {
        if (!looked.has(path)) looked.set(path, this.#readNow(path))
        return looked.get(path)
      },
    }
  }

  #readNow(path: string): string | undefined {
    try {
      const absolute = resolve(this.cwd, path)
      const stats = statSync(absolute)
      if (stats.size > LARGEST_FILE) return undefined
      const version = versionOf(stats)
      const known = this.#known.get(path)
      if (known?.version === version) return known.text
      return this.#keep(path, version, readFileSync(absolute, 'utf8'))
    } catch {
      // The reader says where it was referred to, which is worth more than the system's error.
      return undefined
    }
  }

  #keep(path: string, version: string, text: string): string {
    const known = this.#known.get(path)
    // The same text stays the same string: it is compared with itself again and again.
    const kept = known?.text === text ? known.text : text
    this.#known.set(path, { version, text: kept })
    return kept
  }
}

/** A file that was replaced by another of the same size and time has another inode, or another time of change. */
const versionOf = ({ ino, size, mtimeMs, ctimeMs }: Stats): string => `${ino} ${size} ${mtimeMs} ${ctimeMs}`
