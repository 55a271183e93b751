import type { Finding } from '../operation/finding.js'
import { JsonSyntaxError, parseExact } from '../operation/json.js'
import type { SourceLocation } from '../operation/source.js'
import { Locator } from './locator.js'
import { type Found, readDocuments, readLooseMembers } from './sample/documents.js'
import { type Note, Unreadable } from './sample/draft.js'
import { decodeStructuralEntities } from './sample/entities.js'
import { type Section, splitAtHeads } from './sample/http-head.js'
import { mediaTypeOfText } from './sample/media.js'
import { isPlaceholder } from './sample/placeholder.js'
import { repairsOf } from './sample/repairs.js'
import { typeWordFinding } from './sample/type-names.js'
import type { Sample } from './sample/types.js'

export type { Sample } from './sample/types.js'

const JSON_TYPE = 'application/json'
/** Fence languages of programs: what stands in them is a sample only where it begins like JSON. */
const PROGRAM =
  /^\s*(?:bash|sh|shell|zsh|console|curl|python|py|java|go|golang|php|ruby|rb|c|cpp|csharp|cs|c#|kotlin|swift|rust|dart|sql|graphql|powershell|solidity|diff|mermaid|tsx|jsx)\b/i

/**
 * The samples that a piece of documentation shows: strict JSON as it is, other JSON mended step by
 * step, everything else as text. `at` is the place of the first line of `text`; `info` is the
 * language of a fence or the title of a tab. Linear in the text; never throws.
 */
export function readSamples(text: string, at: SourceLocation, info?: string): Sample[] {
  const locator = new Locator(text, at)
  const bare = trimmed(text)
  const failure = strictFailure(bare)
  if (failure === undefined && !/^"[.\u2026]+"$/.test(bare)) {
    const source = locator.locate(text.indexOf(bare))
    return [
      {
        kind: 'json',
        text: bare,
        origin: 'documented',
        repairs: [],
        mediaType: JSON_TYPE,
        source,
        findings: typeWordFinding(bare, source),
      },
    ]
  }
  const decoded = decodeStructuralEntities(text)
  const notes: Note[] = decoded === undefined ? [] : [{ kind: 'html-entity', offset: text.indexOf('&') }]
  const content = decoded ?? text
  const reader = new SampleReader(content, new Locator(content, at), info)
  const sections = splitAtHeads(content)
  return sections.flatMap((section) => reader.read(section, notes))
}

/** Without the white space of JSON around it; other white space is a fault of the sample. */
function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && ' \t\r\n'.includes(text[start] ?? '')) start++
  while (end > start && ' \t\r\n'.includes(text[end - 1] ?? '')) end--
  return text.slice(start, end)
}

function strictFailure(text: string): JsonSyntaxError | undefined {
  try {
    parseExact(text)
    return undefined
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error
    throw error
  }
}

class SampleReader {
  readonly #text: string
  readonly #locator: Locator
  readonly #info: string | undefined

  constructor(text: string, locator: Locator, info: string | undefined) {
    this.#text = text
    this.#locator = locator
    this.#info = info
  }

  read(section: Section, before: readonly Note[]): Sample[] {
    const { bodyStart, bodyEnd, status } = section
    const body = this.#text.slice(bodyStart, bodyEnd)
    const notes: Note[] = section.head
      ? [...before, { kind: 'http-head', offset: section.start }]
      : [...before]
    if (isPlaceholder(body))
      return section.head && body.trim() === '' ? [this.#empty(section)] : [this.#placeholder(section)]
    const found = this.#mayBeJson(section, body) ? this.#documents(bodyStart, bodyEnd) : []
    if (found.length === 0) return [this.#asText(section)]
    const several = found.length > 1
    return found.map((one) => {
      if (one.placeholder === true)
        return this.#placeholder({ ...section, bodyStart: one.start, bodyEnd: one.end })
      const own = {
        ...section,
        bodyStart: one.start,
        bodyEnd: one.end,
        ...((one.status ?? status) && { status: one.status ?? status ?? '' }),
      }
      if (one.json === undefined || strictFailure(one.json))
        return this.#asText(several ? own : section, one.reason ?? strictReason)
      const all: Note[] = [...notes, ...one.draft.notes]
      if (several) all.push({ kind: 'several-documents', offset: one.start })
      return this.#asJson(own, one.json, all)
    })
  }

  #mayBeJson(section: Section, body: string): boolean {
    const start = body.trimStart()
    if (/^<(?!!--)/.test(start) && mediaTypeOfText(body) !== 'text/plain') return false
    // Tags of a template language, which begin like an object.
    if (/^\{[%#]/.test(start)) return false
    if (PROGRAM.test(this.#info ?? '') && !section.head) return /^[{[]/.test(start)
    return true
  }

  #documents(from: number, to: number): Found[] {
    const loose = readLooseMembers(this.#text, from, to)
    return loose === undefined ? readDocuments(this.#text, from, to) : [loose]
  }

  #asJson(section: Section, json: string, notes: readonly Note[]): Sample {
    const repairs = repairsOf(notes, this.#locator)
    const source = this.#locator.locate(section.bodyStart)
    const written = repairs.find(({ kind }) => kind === 'type-name')?.source
    const findings = typeWordFinding(this.#text.slice(section.bodyStart, section.bodyEnd), source, written)
    const first = repairs[0]
    if (first !== undefined) {
      const kinds = [...new Set(repairs.map(({ kind }) => kind))].join(', ')
      const message = `The sample is not strict JSON and was mended (${kinds}); write it as strict JSON.`
      findings.unshift({ rule: 'sample-repaired', severity: 'warning', message, source: first.source })
    }
    const mediaType = section.mediaType && /json/i.test(section.mediaType) ? section.mediaType : JSON_TYPE
    const origin = repairs.length === 0 ? 'documented' : 'repaired'
    return { kind: 'json', text: json, origin, repairs, ...status(section), mediaType, source, findings }
  }

  #asText(section: Section, reason?: Unreadable): Sample {
    const raw = this.#text.slice(section.bodyStart, section.bodyEnd)
    const text = raw.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd()
    const source = this.#locator.locate(section.bodyStart + raw.length - raw.trimStart().length)
    const findings: Finding[] = []
    if (reason !== undefined) {
      const message = `The sample looks like JSON and cannot be read with confidence: ${reason.message}. It is kept as text; write it as strict JSON.`
      findings.push({
        rule: 'sample-unreadable',
        severity: 'error',
        message,
        source: this.#locator.locate(reason.offset),
      })
    }
    const repairs = section.head
      ? repairsOf([{ kind: 'http-head', offset: section.start }], this.#locator)
      : []
    const mediaType = section.mediaType ?? mediaTypeOfText(text, this.#info)
    const honest = reason !== undefined && /json/i.test(mediaType) ? 'text/plain' : mediaType
    return {
      kind: 'text',
      text,
      origin: 'text',
      repairs,
      ...status(section),
      mediaType: honest,
      source,
      findings,
    }
  }

  /** A head without a body documents an empty body. */
  #empty(section: Section): Sample {
    const repairs = repairsOf([{ kind: 'http-head', offset: section.start }], this.#locator)
    const source = this.#locator.locate(section.start)
    return {
      kind: 'text',
      text: '',
      origin: 'text',
      repairs,
      ...status(section),
      mediaType: section.mediaType ?? 'text/plain',
      source,
      findings: [],
    }
  }

  #placeholder(section: Section): Sample {
    const raw = this.#text.slice(section.bodyStart, section.bodyEnd)
    const source = this.#locator.locate(section.bodyStart + raw.length - raw.trimStart().length)
    const message = 'A placeholder stands where a sample belongs; write the body that the API really sends.'
    const findings: Finding[] = [{ rule: 'sample-placeholder', severity: 'warning', message, source }]
    return {
      kind: 'placeholder',
      text: raw.trim(),
      origin: 'text',
      repairs: [],
      ...status(section),
      mediaType: section.mediaType ?? JSON_TYPE,
      source,
      findings,
    }
  }
}

const strictReason = new Unreadable(0, 'the mended text is still not JSON')
const status = (section: Section): { status?: string } =>
  section.status === undefined ? {} : { status: section.status }
