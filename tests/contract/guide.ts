import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { objectOf } from '../serve/helper.js'

/** The program that the TypeScript listings of a guide make together. */
export const programOf = (page: string): string =>
  [...readFileSync(page, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)]
    .map(([, code = '']) => code)
    .join('\n')

/**
 * Compiles `program.mts` of the folder as a strict project would; returns what the compiler says.
 * @param skipLibCheck set where a package of others does not hold under strict settings
 */
export function compile(folder: string, skipLibCheck = false): string {
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck,
    types: ['node'],
    typeRoots: [resolve('node_modules/@types')],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.mts'] }))
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  try {
    // With an empty environment: the compiler does not start with the hooks that the test runner puts there.
    execFileSync('env', ['-i', process.execPath, tsc, '-p', folder], { encoding: 'utf8', stdio: 'pipe' })
    return ''
  } catch (error) {
    const { stdout, stderr } = objectOf(error)
    return `${String(stdout)}${String(stderr)}`
  }
}
