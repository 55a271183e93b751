/** How one module of a folder imports another: `./b.js`, `../a/b.js`. Both are files, `folder/name.ts`. */
export function relativeImport(from: string, to: string): string {
  const here = from.split('/').slice(0, -1)
  const there = to.replace(/\.ts$/, '.js').split('/')
  let same = 0
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same++
  const up = '../'.repeat(here.length - same)
  return `${up === '' ? './' : up}${there.slice(same).join('/')}`
}
