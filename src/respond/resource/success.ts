import type { TSchema } from '@sinclair/typebox'
import { exampleKeys } from '../../operation/examples-file.js'
import { inferSchema } from '../../operation/infer.js'
import { parseExact } from '../../operation/json.js'
import { isJson } from '../../operation/media-type.js'
import type { Example, MediaType, Operation, Response } from '../../operation/operation.js'
import { concreteStatus } from '../choose.js'
import type { GetStored } from '../reply.js'
import type { Action } from './resource.js'

/** The JSON reply with which an operation says that it did what it does. */
export interface Success {
  readonly response: Response
  readonly status: number
  /** Undefined where the reply has no JSON body. */
  readonly content: MediaType | undefined
  /** Of the content; inferred from its examples where the docs give none. */
  readonly schema: TSchema | undefined
}

const known = {
  creating: new WeakMap<Operation, Success | undefined>(),
  other: new WeakMap<Operation, Success | undefined>(),
}

/** Created is 201 where the docs have it; everything else is the lowest documented success. */
export function successOf(operation: Operation, action: Action | 'upsert'): Success | undefined {
  const isCreating = action === 'create' || action === 'upsert'
  const kept = isCreating ? known.creating : known.other
  if (!kept.has(operation)) kept.set(operation, successFor(operation, isCreating))
  return kept.get(operation)
}

function successFor(operation: Operation, isCreating: boolean): Success | undefined {
  const successes = operation.responses
    .filter(({ status }) => /^2(\d\d|XX)$/.test(status))
    .toSorted((a, b) => concreteStatus(a) - concreteStatus(b))
  const created = successes.find(({ status }) => status === '201')
  const others = successes.filter((response) => response !== created)
  const [response] = isCreating && created ? [created] : [...others, ...successes]
  const chosen = response ?? operation.responses.find(({ status }) => status === 'default')
  if (!chosen) return undefined
  const content = chosen.content.find(({ mediaType }) => isJson(mediaType))
  return { response: chosen, status: concreteStatus(chosen), content, schema: content && schemaOf(content) }
}

/** With the examples as they are replayed, where a person or a program has changed them. */
export function withStored(success: Success, { operationId }: Operation, stored: GetStored): Success {
  const { response, content } = success
  if (!content) return success
  const keys = exampleKeys(response.content)
  const examples = content.examples.map((example): Example => {
    const now = stored(operationId, response.status, keys.get(example) ?? example.name)
    if (now?.edited !== true || now.encoding !== undefined || !isJson(now.mediaType)) return example
    return { ...example, text: now.text, origin: 'edited' }
  })
  return { ...success, content: { ...content, examples } }
}

const inferred = new WeakMap<MediaType, TSchema>()

/** The schema of a JSON body, else what its examples show; undefined where there is neither. */
export function schemaOf(content: MediaType): TSchema | undefined {
  if (content.schema !== undefined) return content.schema
  const known = inferred.get(content)
  if (known) return known
  const [first] = content.examples
  if (!first) return undefined
  const { schema } = inferSchema({ samples: valuesOf(content), fields: [], at: first.source })
  inferred.set(content, schema)
  return schema
}

/** What the JSON examples of a content say, digits kept; those that are no JSON are left out. */
export const valuesOf = ({ examples }: MediaType): unknown[] =>
  examples.flatMap(({ text, origin }) => {
    if (origin === 'text') return []
    try {
      return [parseExact(text)]
    } catch {
      return []
    }
  })
