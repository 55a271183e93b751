import { createRequire } from 'node:module'

const isOurs = (found: unknown): found is { version: string } =>
  typeof found === 'object' &&
  found !== null &&
  'name' in found &&
  found.name === 'standin' &&
  'version' in found

/** The version in package.json, which stands two folders above the compiled file. */
export function version(): string {
  const read = createRequire(import.meta.url)
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const found: unknown = read(path)
      if (isOurs(found)) return found.version
    } catch {
      // Compiled for the tests it stands one folder deeper.
    }
  }
  throw new Error('The package.json of standin is missing; install the package again')
}
