// Whoever gives a package away in parts has to give its licence with it.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Writes the licences of the packages that parts of stand in a bundle.
 * @param {readonly string[]} inputs the files that it was made of
 * @param {string} target
 */
export function copyLicenses(inputs, target) {
  const require = createRequire(import.meta.url)
  const packages = new Set(
    inputs.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.slice(1, 2) ?? []),
  )
  const texts = [...packages].map((name) => {
    const folder = dirname(require.resolve(join(process.cwd(), 'node_modules', name, 'package.json')))
    const file = ['LICENSE', 'LICENSE.md', 'license'].find((one) => {
      try {
        return readFileSync(join(folder, one)).length > 0
      } catch {
        return false
      }
    })
    if (file === undefined) throw new Error(`${name} has no license file, and stands in the bundle`)
    return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
  })
  writeFileSync(target, texts.join('\n----\n\n'))
}
