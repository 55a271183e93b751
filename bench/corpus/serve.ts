import { isSame } from '../../src/cli/check/compare.js'
import { answerTo } from '../../src/cli/check/run.js'
import type { Example, Operation, Response } from '../../src/operation/operation.js'
import type { SampleRequest } from '../../src/respond/samples/sample-request.js'
import { sampleRequests } from '../../src/respond/samples/sample-requests.js'
import { SampleValues } from '../../src/respond/samples/sample-values.js'
import { Validation } from '../../src/respond/validation.js'
import type { Standin } from '../../src/standin.js'

export interface Served {
  readonly operation: Operation
  readonly response: Response
  readonly example: Example
  /** Why the answer was not the sample; undefined where it was. */
  readonly wrong: string | undefined
}

/** Asks for every documented response sample of an operation, as a client would. */
export class SampleServer {
  readonly #values: SampleValues

  constructor(private readonly standin: Standin) {
    const { description } = standin
    this.#values = new SampleValues(description, new Validation(description.documents))
  }

  async serve(operation: Operation): Promise<Served[]> {
    const { method } = operation
    if (method === 'QUERY' || method === 'TRACE') return []
    const [request] = sampleRequests({ ...operation, curls: [] }, this.#values, this.standin.description)
    if (!request) return []
    const served: Served[] = []
    for (const response of operation.responses) {
      // Whatever a page shows there, HTTP has no body for it.
      if (/^(1..|204|304)$/.test(response.status)) continue
      for (const example of response.content.flatMap(({ examples }) => examples)) {
        const wrong = await this.#ask({ ...request, method }, response, example)
        served.push({ operation, response, example, wrong })
      }
    }
    return served
  }

  async #ask(
    request: SampleRequest & { readonly method: Exclude<Operation['method'], 'QUERY' | 'TRACE'> },
    { status }: Response,
    example: Example,
  ): Promise<string | undefined> {
    const code = status === 'default' ? '200' : status.replace('XX', '00')
    const headers = {
      ...request.headers,
      accept: `${example.mediaType}, */*;q=0.1`,
      prefer: `code=${code}, example="${example.name.replaceAll(/["\\]/g, '\\$&')}"`,
    }
    const answer = await answerTo({ ...request, headers }, (one) => this.standin.inject(one))
    if (String(answer.status) !== code) {
      return `${request.method} ${request.url} was answered ${answer.status}: ${Buffer.from(answer.body).toString().slice(0, 300)}`
    }
    return isSame(example, answer) || request.method === 'HEAD'
      ? undefined
      : `the answer is ${String(answer.mediaType)} ${Buffer.from(answer.body).toString().slice(0, 200)}`
  }
}
