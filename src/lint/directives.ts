import { didYouMean } from '../operation/nearest.js'
import type { Finding } from '../operation/finding.js'
import type { SourceFile } from '../parse/source-file.js'
import { endOfFence, linesOutsideFences, type PageLine } from './lines.js'
import { rules } from './rules.js'

/** What the comments of one file turn off. */
export interface Directives {
  isOff(rule: string, line: number): boolean
  /** Comments that name a rule which does not exist. */
  readonly findings: Finding[]
}

/** In a page `<!-- standin-disable rule-id -->`, in YAML `# standin-disable rule-id`. Words after `--` are a reason. */
const PAGE_COMMENT = /<!--\s{0,20}standin-(disable-next-line|disable|enable)\b([^<>]{0,500}?)-->/g
const YAML_COMMENT = /(?:^|\s)#\s{0,20}standin-(disable-next-line|disable|enable)\b([^\n]{0,500})/g

/** Stands for all rules. */
const ALL = '*'

interface Range {
  readonly from: number
  to: number
}

/**
 * Reads the comments of a page or YAML file that turn rules off: from a line on, until they are
 * turned on again, or for the next line that is not blank, a fence as a whole. Without an id they
 * are for all rules.
 */
export function readDirectives({ path, text }: SourceFile): Directives {
  const off = new Map<string, Range[]>()
  const findings: Finding[] = []
  if (!text.includes('standin-')) return { isOff: () => false, findings }
  const lines = text.split('\n')
  const turnOff = (rule: string, from: number, to: number): void => {
    const ranges = off.get(rule) ?? []
    ranges.push({ from, to })
    off.set(rule, ranges)
  }
  for (const { line, kind, ids } of commentsIn(path, text, lines)) {
    for (const id of ids.filter((id) => !rules.has(id))) {
      const hint = didYouMean(id, [...rules.keys()]) || ' The rules are in docs/rules/.'
      const message = `There is no rule "${id}", so this comment turns nothing off.${hint}`
      findings.push({ rule: 'unknown-rule', severity: 'error', message, source: { file: path, line } })
    }
    const named = ids.length === 0 ? [ALL] : ids
    for (const id of named) {
      if (kind === 'disable') turnOff(id, line, Infinity)
      else if (kind === 'disable-next-line') {
        const next = nextLine(lines, line)
        turnOff(id, next, endOfFence(lines, next) ?? next)
      } else turnOn(id === ALL ? [...off.values()].flat() : (off.get(id) ?? []), line)
    }
  }
  return {
    findings,
    isOff: (rule, line) =>
      [...(off.get(rule) ?? []), ...(off.get(ALL) ?? [])].some(({ from, to }) => from <= line && line <= to),
  }
}

function* commentsIn(
  path: string,
  text: string,
  lines: readonly string[],
): Generator<{ line: number; kind: string; ids: string[] }> {
  const isYaml = /\.ya?ml$/i.test(path)
  const all: PageLine[] = isYaml
    ? lines.map((text, index) => ({ text, line: index + 1 }))
    : linesOutsideFences(text)
  for (const { text, line } of all) {
    if (!text.includes('standin-')) continue
    for (const [, kind = '', rest = ''] of text.matchAll(isYaml ? YAML_COMMENT : PAGE_COMMENT)) {
      const ids = rest.replace(/(?:^|\s)--.*$/, '').match(/[\w-]+/g) ?? []
      yield { line, kind, ids }
    }
  }
}

function turnOn(ranges: readonly Range[], line: number): void {
  for (const range of ranges) if (range.to === Infinity) range.to = line
}

const SKIPPED = /^\s*(?:$|(?:<!--|#)\s*standin-disable-next-line\b)/

/** The next line that is not blank and no comment of this kind itself. */
function nextLine(lines: readonly string[], line: number): number {
  const next = lines.findIndex((text, index) => index >= line && !SKIPPED.test(text))
  return next === -1 ? line : next + 1
}
