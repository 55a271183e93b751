import type { MediaType, Operation } from '../../operation/operation.js'

/** The operation as its module says it: examples stand in a file of their own. */
export function withoutExamples(operation: Operation): Operation {
  const { requestBody, responses } = operation
  return {
    ...operation,
    ...(requestBody && { requestBody: { ...requestBody, content: strip(requestBody.content) } }),
    responses: responses.map((response) => ({ ...response, content: strip(response.content) })),
  }
}

const strip = (content: readonly MediaType[]): MediaType[] =>
  content.map((media) => ({ ...media, examples: [] }))
