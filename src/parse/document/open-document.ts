import { isMap, type Document, parseDocument, visit } from 'yaml'
import { errors } from '../../errors.js'
import type { Finding } from '../../operation/finding.js'
import { JsonSyntaxError, parseExact } from '../../operation/json.js'
import type { SourceFile } from '../source-file.js'
import { JsonPositions } from './json-positions.js'
import { measure } from './measure.js'
import { lineAt, lineStartsOf, SourceDocument } from './source-document.js'
import { keyText, YamlPositions } from './yaml-positions.js'

export interface OpenedDocument {
  readonly document: SourceDocument
  /** What is wrong with it, found when it is asked for: that takes as long as parsing does. */
  readonly findings: () => readonly Finding[]
}

/**
 * Reads a file as JSON or YAML, by its content. Throws `STANDIN_ERR_SOURCE_UNREADABLE`, with the line,
 * where it is neither or where it is made to exhaust its reader. Repeated keys are findings: the last counts.
 */
export function openDocument({ path, text }: SourceFile): OpenedDocument {
  const looksLikeJson = /^\uFEFF?\s*[{[]/.test(text)
  if (looksLikeJson) {
    const value = parseJson(text)
    if (value !== undefined) return openJson(path, text, value)
    if (!/\.ya?ml$/i.test(path)) throw unreadable(path, text, jsonError(text))
  }
  return openYaml(path, text)
}

function openJson(path: string, text: string, value: unknown): OpenedDocument {
  const { members, problem } = measure(value, text.length)
  if (problem !== undefined) throw unreadable(path, text, { offset: 0, message: problem })
  // One for both uses, as long as anybody has it.
  let known: WeakRef<JsonPositions> | undefined
  const open = (): JsonPositions => {
    const positions = known?.deref() ?? new JsonPositions(text)
    known = new WeakRef(positions)
    return positions
  }
  const document = new SourceDocument(path, text, value, open)
  const findings = (): Finding[] =>
    open()
      .repeatedKeys(members)
      .map(({ key, offset }) => repeatedKey(document, key, offset))
  return { document, findings }
}

function openYaml(path: string, text: string): OpenedDocument {
  const parsed = parseYaml(path, text)
  const error = parsed.errors.find(({ code }) => code !== 'MULTIPLE_DOCS')
  if (error !== undefined) throw unreadable(path, text, { offset: error.pos[0], message: error.message })
  const value = plainValue(path, text, parsed)
  const { problem } = measure(value, text.length)
  if (problem !== undefined) throw unreadable(path, text, { offset: 0, message: problem })
  let first: Document | undefined = parsed
  const document = new SourceDocument(path, text, value, () => {
    const positions = new YamlPositions(first ?? parseYaml(path, text))
    first = undefined
    return positions
  })
  const findings = repeatedYamlKeys(parsed).map(({ key, offset }) => repeatedKey(document, key, offset))
  const several = parsed.errors.find(({ code }) => code === 'MULTIPLE_DOCS')
  if (several !== undefined) {
    findings.push({
      rule: 'several-documents',
      severity: 'warning',
      message: 'The file holds several YAML documents; only the first is read. Give each a file of its own.',
      source: document.locationOf(several.pos[0]),
    })
  }
  return { document, findings: () => findings }
}

/** Keys are compared by `repeatedYamlKeys`: the library compares each with all others before it. */
function parseYaml(path: string, text: string): Document {
  try {
    return parseDocument(text, { uniqueKeys: false, merge: true, prettyErrors: false, logLevel: 'error' })
  } catch (error) {
    throw unreadable(path, text, { offset: 0, message: tooDeep(error) })
  }
}

function plainValue(path: string, text: string, parsed: Document): unknown {
  try {
    // Aliases become references to one value and are not expanded; `measure` judges what they add up to.
    const value: unknown = parsed.toJS({ maxAliasCount: -1 })
    return value
  } catch (error) {
    const message = tooDeep(error)
    let offset = 0
    visit(parsed, {
      Alias: (_key, alias) => {
        if (!message.endsWith(`: ${alias.source}`)) return undefined
        offset = alias.range?.[0] ?? 0
        return visit.BREAK
      },
    })
    throw unreadable(path, text, { offset, message })
  }
}

const tooDeep = (error: unknown): string =>
  error instanceof RangeError
    ? 'It is nested too deeply to be read.'
    : `It cannot be read as YAML: ${error instanceof Error ? error.message : String(error)}`

function repeatedYamlKeys(document: Document): { key: string; offset: number }[] {
  const repeated: { key: string; offset: number }[] = []
  visit(document, {
    Map: (_key, map) => {
      if (!isMap(map)) return
      const seen = new Set<string>()
      for (const { key } of map.items) {
        const name = keyText(key)
        if (seen.has(name) && name !== '<<') repeated.push({ key: name, offset: rangeStart(key) })
        seen.add(name)
      }
    },
  })
  return repeated
}

const rangeStart = (key: unknown): number => {
  const range: unknown = typeof key === 'object' && key !== null && 'range' in key ? key.range : undefined
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0
}

const repeatedKey = (document: SourceDocument, key: string, offset: number): Finding => ({
  rule: 'duplicate-key',
  severity: 'error',
  message: `The key "${key}" stands here a second time; this last one counts. Remove one of the two.`,
  source: document.locationOf(offset),
})

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
    return value
  } catch {
    return undefined
  }
}

/** JSON.parse does not always tell the place; the exact parser does. */
function jsonError(text: string): { offset: number; message: string } {
  try {
    parseExact(text.startsWith('\uFEFF') ? text.slice(1) : text)
    return { offset: 0, message: 'It is not valid JSON.' }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    // The line is said before the message.
    const what = error.message.replace(/^Not JSON at line \d+, column \d+: /, '')
    return { offset: error.offset, message: `It is not valid JSON: ${what}.` }
  }
}

export function unreadable(
  path: string,
  text: string,
  { offset, message }: { offset: number; message: string },
) {
  return new errors.STANDIN_ERR_SOURCE_UNREADABLE(`${path}:${lineAt(lineStartsOf(text), offset)}`, message)
}
