import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)

/**
 * A file of this package by its path from the package's root. The package refers to itself by name,
 * which holds for the built code, for the tests' build, and for a copy installed elsewhere. Through
 * `require`, since Vite's module runner, in which a linked package may find itself, has no import.meta.resolve.
 */
export const packageFile = (path: string): URL =>
  new URL(path, pathToFileURL(require.resolve('standin/package.json')))

export const packageVersion: string = version()

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version)
  throw new TypeError('package.json has no version')
}
