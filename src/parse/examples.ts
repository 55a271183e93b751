import { Value } from '@sinclair/typebox/value'
import { type ExampleEntry, ExamplesFile, textOf } from '../operation/examples-file.js'
import type { Finding } from '../operation/finding.js'
import { compactJson, toPlain } from '../operation/json.js'
import { isJson } from '../operation/media-type.js'
import type { Example, MediaType, Operation } from '../operation/operation.js'
import { openDocument } from './document/open-document.js'
import type { SourceFile } from './source-file.js'
import type { SourceDocument } from './document/source-document.js'

/** What an examples file adds to operations: the examples by operation id, then by status or `request`. */
interface Added {
  readonly file: string
  readonly byOperation: ReadonlyMap<string, ReadonlyMap<string, readonly Example[]>>
}

/**
 * Puts the examples of files such as `standin proxy --record` writes behind those that the docs show,
 * by operation id. What cannot be used is a finding.
 */
export function withExampleFiles(
  operations: readonly Operation[],
  files: readonly SourceFile[],
): { readonly operations: Operation[]; readonly findings: Finding[] } {
  const findings: Finding[] = []
  const added = files.flatMap((file): Added[] => {
    const read = readExamples(file)
    if ('byOperation' in read) return [read]
    findings.push(read)
    return []
  })
  const known = new Set(operations.map(({ operationId }) => operationId))
  for (const { file, byOperation } of added) {
    for (const operationId of byOperation.keys()) {
      if (known.has(operationId)) continue
      const message = `No operation is called ${operationId}, so its examples are not used. Correct the name, or delete them.`
      findings.push({
        rule: 'examples-without-operation',
        severity: 'warning',
        message,
        source: { file, line: 1 },
      })
    }
  }
  return {
    operations: operations.map((operation) =>
      added.reduce((one, { byOperation }) => joined(one, byOperation.get(operation.operationId)), operation),
    ),
    findings,
  }
}

function readExamples(file: SourceFile): Added | Finding {
  const wrong = (message: string): Finding => ({
    rule: 'source-unreadable',
    severity: 'error',
    message,
    source: { file: file.path, line: 1 },
  })
  let document: SourceDocument
  try {
    ;({ document } = openDocument(file))
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error))
  }
  const value: unknown = toPlain(document.value)
  if (!Value.Check(ExamplesFile, value)) {
    const first = Value.Errors(ExamplesFile, value).First()
    return wrong(
      `It holds no examples by operation, status and name: ${first?.path ?? ''} ${first?.message ?? ''}`,
    )
  }
  const byOperation = new Map(
    Object.entries(value).map(([operationId, statuses]) => [
      operationId,
      new Map(
        Object.entries(statuses).map(([status, entries]) => [
          status,
          Object.entries(entries).map(([name, entry]) =>
            exampleOf(name, entry, document, [operationId, status, name]),
          ),
        ]),
      ),
    ]),
  )
  return { file: file.path, byOperation }
}

/** The text of a JSON value as it stands in the file, digit by digit. */
const exampleOf = (
  name: string,
  entry: ExampleEntry,
  document: SourceDocument,
  tokens: readonly string[],
): Example => ({
  name: entry.name ?? name,
  ...(entry.summary !== undefined && { summary: entry.summary }),
  mediaType: entry.mediaType,
  text: entry.text ?? document.exactJson([...tokens, 'value']) ?? textOf(entry),
  ...(entry.encoding !== undefined && { encoding: entry.encoding }),
  origin: entry.origin ?? 'recorded',
  repairs: [],
  source: document.locate(tokens),
})

function joined(operation: Operation, added: ReadonlyMap<string, readonly Example[]> | undefined): Operation {
  if (!added) return operation
  const behind = (content: MediaType[], key: string): MediaType[] =>
    content.map((media) => {
      const more = (added.get(key) ?? []).filter(
        (one) => one.mediaType === media.mediaType && !media.examples.some((other) => isSame(one, other)),
      )
      return more.length === 0 ? media : { ...media, examples: [...media.examples, ...more] }
    })
  const { requestBody, responses } = operation
  return {
    ...operation,
    ...(requestBody && { requestBody: { ...requestBody, content: behind(requestBody.content, 'request') } }),
    responses: responses.map((response) => ({
      ...response,
      content: behind(response.content, response.status),
    })),
  }
}

/** The docs may show what was recorded, and an examples file may hold what the docs show. */
const isSame = (one: Example, other: Example): boolean => plainOf(one) === plainOf(other)

/** However it is laid out. */
const plainOf = ({ text, mediaType }: Example): string => (isJson(mediaType) ? compactJson(text) : text)
