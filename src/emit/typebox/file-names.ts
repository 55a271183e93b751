import { kebabCase } from './names.js'

/** Names that other files of the folder have, or that some file systems keep for themselves. */
const TAKEN = /^(index|behaviour|findings|.*schemas|con|prn|aux|nul|com\d|lpt\d)$/

/**
 * A file for the module of each page: `reset-pin.ts` for `docs/reset-pin-api.md`, in folders as the
 * pages are, from the folder that all of them have in common. In an API's folder the word `api` says
 * nothing, and a README is called like its folder.
 */
export function moduleFiles(pages: readonly string[]): Map<string, string> {
  const split = pages.map((page) => page.split(/[\\/]/))
  const common = commonFolders(split)
  const used = new Set<string>()
  return new Map(
    split.map((segments, i) => {
      const file = segments.at(-1) ?? ''
      const base = file.replace(/\.\w+$/, '')
      const named = /^(readme|index)$/i.test(base) ? (segments.at(-2) ?? base) : base
      const stem = kebabCase(named).replace(/(?<=.)-apis?$/, '') || 'page'
      const folders = segments.slice(common, -1).map((folder) => kebabCase(folder) || 'folder')
      const wanted = [...folders, TAKEN.test(stem) ? `${stem}-page` : stem].join('/')
      let free = wanted
      for (let number = 2; used.has(free); number++) free = `${wanted}-${number}`
      used.add(free)
      return [pages[i] ?? '', `${free}.ts`]
    }),
  )
}

function commonFolders(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths
  let common = 0
  while (
    common < first.length - 1 &&
    paths.every((path) => path.length - 1 > common && path[common] === first[common])
  )
    common++
  return common
}
