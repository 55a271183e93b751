import { readFileSync } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { errors } from '../errors.js'

/** A place as people read it: relative to the working directory, `index.ts:4`. */
const shown = (file: string, line: number, cwd: string): string =>
  `${relative(cwd, file).split(sep).join('/')}:${line}`

/**
 * Where an error of a module that was being loaded comes from: where the parser stopped, the import
 * that leads nowhere, or the line of the module's own that was running.
 */
export function placeOf(error: unknown, path: string, cwd: string): string {
  if (!(error instanceof Error)) return shown(path, 1, cwd)
  const parsed = /^(?:ParseError|SyntaxError).*\n\s*(.+):(\d+):\d+\s*$/s.exec(error.message)
  if (parsed?.[1] !== undefined) return shown(parsed[1], Number(parsed[2]), cwd)
  const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1]
  const importer = /^- (.+)$/m.exec(error.message)?.[1]
  if (missing !== undefined && importer !== undefined) return shown(importer, lineOf(importer, missing), cwd)
  const folder = dirname(path) + sep
  for (const [, file, line] of (error.stack ?? '').matchAll(
    /(?:file:\/\/)?((?:\/|[A-Za-z]:\\).*?):(\d+):\d+/g,
  )) {
    if (file !== undefined && file.startsWith(folder) && !file.includes(`${sep}node_modules${sep}`))
      return shown(file, Number(line), cwd)
  }
  return shown(path, 1, cwd)
}

export function moduleError(place: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause)
  const [first = ''] = message.replace(/^ParseError: /, 'it is not TypeScript: ').split('\n')
  return Object.assign(new errors.STANDIN_ERR_MODULE(place, first.trim()), { cause })
}

/** The line of a file that names a module. */
function lineOf(file: string, module: string): number {
  try {
    const before = readFileSync(file, 'utf8').split(module)
    return before.length > 1 ? (before[0] ?? '').split('\n').length : 1
  } catch {
    return 1
  }
}
