import type { ReadOptions } from '../parse/source.js'

/** `/v2` for every source, or `docs/users.md=/v2` for one of them; as given, in order. */
export interface BasePaths {
  readonly basePath?: readonly string[] | undefined
  readonly stripBasePath?: readonly string[] | undefined
}

interface Rule {
  /** A source as its files' paths begin; undefined is every source. */
  readonly source: string | undefined
  readonly path: string
}

/**
 * How the paths of operations change by the file that defines them: first the base is stripped, then
 * the other is set. Of several rules for a file the one with the longest source holds. A base that is
 * set takes the place of the one that an OpenAPI file states itself.
 */
export function rebasing(
  { basePath = [], stripBasePath = [] }: BasePaths,
  shown: (source: string) => string,
): Pick<ReadOptions, 'pathOf' | 'dropsBase'> {
  if (basePath.length === 0 && stripBasePath.length === 0) return {}
  const set = basePath.map((text) => ruleOf(text, shown))
  const strip = stripBasePath.map((text) => ruleOf(text, shown))
  return {
    dropsBase: (file) => baseFor(set, file) !== undefined,
    pathOf: (path, file) => {
      const base = baseFor(strip, file)
      const inner = base !== undefined && isUnder(path, base) ? path.slice(base.length) || '/' : path
      const front = baseFor(set, file) ?? ''
      return front === '' || inner !== '/' ? `${front}${inner}` : front
    },
  }
}

function ruleOf(text: string, shown: (source: string) => string): Rule {
  const at = text.lastIndexOf('=')
  const source = at === -1 ? undefined : text.slice(0, at)
  const inner = text.slice(at + 1).replaceAll(/^\/+|\/+$/g, '')
  return {
    source: source === undefined || source === '-' ? source : shown(source),
    path: inner === '' ? '' : `/${inner}`,
  }
}

function baseFor(rules: readonly Rule[], file: string): string | undefined {
  const fitting = rules.filter(
    ({ source }) => source === undefined || source === '.' || isUnder(file, source),
  )
  return fitting.toSorted((a, b) => (b.source?.length ?? 0) - (a.source?.length ?? 0))[0]?.path
}

const isUnder = (path: string, base: string): boolean => path === base || path.startsWith(`${base}/`)
