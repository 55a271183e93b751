import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchRequest, Running } from './contender.js'
import { median, table } from './statistics.js'
import { portalPage } from './portal-pages.js'

const SIZES = [500, 5000]
const STARTS = 1

/** Folders of pages in every dialect: from the start of the process to its first answer, and its memory then. */
export async function portal(): Promise<string> {
  const rows: string[][] = []
  for (const size of SIZES) {
    const folder = await mkdtemp(join(tmpdir(), 'standin-portal-'))
    try {
      const bytes = await writePortal(join(folder, 'docs'), size)
      for (const state of ['stateless', 'memory', 'disk']) {
        const starts: number[] = []
        let rss = 0
        for (let turn = 0; turn < STARTS; turn++) {
          const store = state === 'disk' ? join(folder, `store-${turn}`) : state
          const begun = performance.now()
          const running = await Running.start({
            name: state,
            module: 'portal',
            args: [store, join(folder, 'docs')],
          })
          await running.ask(LAST(size))
          starts.push(performance.now() - begun)
          rss = (await running.usage()).rss
          await running.stop()
        }
        rows.push([
          `${size} pages, ${(bytes / 2 ** 20).toFixed(1)} MiB`,
          state,
          (median(starts) / 1000).toFixed(2),
          (rss / 2 ** 20).toFixed(0),
        ])
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return table(['portal', 'state', 'first answer s', 'memory MiB'], rows)
}

/** The last page's operation, so that nothing is answered before all is read. */
const LAST = (size: number): BenchRequest => ({
  path: `/service-${Math.floor((size - 4) / 40)}/resources-${size - 4}/search`,
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-api-key': 'key' },
  body: '{"name": "first", "limit": 10}',
})

/** Resolves with the number of bytes. */
async function writePortal(folder: string, size: number): Promise<number> {
  let bytes = 0
  for (let index = 0; index < size; index++) {
    const section = join(folder, `section-${Math.floor(index / 40)}`)
    await mkdir(section, { recursive: true })
    for (const [name, text] of portalPage(index)) {
      bytes += text.length
      await writeFile(join(section, name), text)
    }
  }
  return bytes
}
