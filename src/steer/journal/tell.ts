import type { ApiDescription } from '../../operation/description.js'
import type { Operation } from '../../operation/operation.js'
import { redactTokens } from '../../operation/secrets.js'
import { formatSource } from '../../operation/source.js'
import {
  type DocumentedPath,
  documentedPaths,
  nearestOperations,
  pathDiffers,
} from '../../respond/nearest-operations.js'
import { compilePath, type ReadPath } from '../../operation/path-values.js'
import { traceParentOf } from '../trace-context.js'
import type { Trail } from '../trail.js'
import type { JournalEntry } from './entry.js'
import { sizeOf } from '../../respond/reply.js'
import { leavesNoReply } from './no-reply.js'
import { Redaction } from './redaction.js'
import { milliseconds, stepsOf } from './steps.js'

/** Makes sentences of what the stages left behind, in the terms of one description. */
export class Teller {
  readonly description: ApiDescription
  readonly #redaction: Redaction
  readonly #operations: ReadonlyMap<string, Operation>
  readonly #paths = new Map<string, ReadPath>()
  #documented: readonly DocumentedPath[] | undefined

  /** @param redact JSON pointers of what is secret beyond what is so by its name */
  constructor(description: ApiDescription, redact: readonly string[]) {
    this.description = description
    this.#redaction = new Redaction(redact, description.securitySchemes)
    this.#operations = new Map(description.operations.map((one) => [one.operationId, one]))
  }

  operationOf({ operationId }: Pick<Trail, 'operationId'>): Operation | undefined {
    return operationId === undefined ? undefined : this.#operations.get(operationId)
  }

  /** The values of path parameters as they were sent, by name. */
  pathOf(trail: Trail): Record<string, string> {
    const template = this.operationOf(trail)?.path
    if (template === undefined) return {}
    let read = this.#paths.get(template)
    if (!read) this.#paths.set(template, (read = compilePath(template)))
    return read(pathOfUrl(trail.input.url)) ?? {}
  }

  /** A url without its secrets. */
  urlOf(trail: Trail): string {
    return this.#redaction.url(trail.input.url, this.operationOf(trail)?.path)
  }

  entry(trail: Trail): JournalEntry {
    const { kind, input, reply, operationId, ended, began, cut } = trail
    const redaction = this.#redaction
    const { traceId, parentId } = traceParentOf(input.headers) ?? {}
    return {
      id: trail.id,
      session: trail.session,
      at: new Date(trail.at).toISOString(),
      ...(traceId !== undefined && parentId !== undefined && { trace: { traceId, parentId } }),
      ...(kind !== 'call' && { kind }),
      operationId: operationId ?? null,
      request: {
        method: input.method,
        url: this.urlOf(trail),
        headers: redaction.headers(input.headers),
        ...this.#body(input.body, typeOf(input.headers), cut?.request),
      },
      ...(reply &&
        !leavesNoReply(trail) && {
          reply: {
            status: reply.status,
            headers: redaction.headers(reply.headers),
            ...this.#body(reply.body, typeOf(reply.headers), cut?.reply),
          },
        }),
      ...(ended !== undefined && { ms: milliseconds(ended - began) }),
      violations: [...(trail.rejection?.violations ?? [])],
      steps: stepsOf(trail, this.operationOf(trail)).map((step) => ({
        ...step,
        reason: redactTokens(step.reason),
      })),
      changes: trail.changes.map(({ collection, id, before, after }) => ({
        collection,
        id: redactTokens(id),
        before: redaction.value(before),
        after: redaction.value(after),
      })),
      ...(kind === 'call' && operationId === undefined && { nearest: this.#nearest(trail) }),
    }
  }

  #body(
    body: string | Uint8Array | undefined,
    type: string | undefined,
    cut: number | undefined,
  ): { body?: string; bodySize: number; bodyCut?: true } {
    const bodySize = cut ?? sizeOf(body)
    const text = textOf(body)
    if (text === undefined || text === '') return { bodySize }
    return {
      body: this.#redaction.body(text, type),
      bodySize,
      ...(cut !== undefined && { bodyCut: true as const }),
    }
  }

  #nearest({ input }: Trail): { operation: string; differs: string }[] {
    this.#documented ??= documentedPaths(this.description.operations)
    const path = pathOfUrl(input.url)
    const same = this.#documented.filter(({ matches }) => matches(path)).flatMap((entry) => entry.operations)
    const nearest = same.length > 0 ? same : nearestOperations(path, this.#documented)
    return nearest.map((operation) => ({
      operation: `${operation.method} ${operation.path} (${formatSource(operation.source)})`,
      differs: redactTokens(pathDiffers(input.method, path, operation)),
    }))
  }
}

const pathOfUrl = (url: string): string => url.split('?', 1)[0] ?? ''

const typeOf = (headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined => {
  const type = headers['content-type']
  return Array.isArray(type) ? type[0] : type
}

/** Undefined where the bytes are no UTF-8 text. */
function textOf(body: string | Uint8Array | undefined): string | undefined {
  if (body === undefined || typeof body === 'string') return body
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
