import { Type } from '@sinclair/typebox'
import type { CreateStandin, Standin, StandinOptions } from '../../src/cli/standin.js'
import type { ApiDescription } from '../../src/operation/description.js'
import type { Finding } from '../../src/operation/finding.js'
import type { Operation, Parameter } from '../../src/operation/operation.js'

const source = { file: 'docs/cups.md', line: 3 }

export const parameter = (given: Partial<Parameter> & Pick<Parameter, 'in' | 'name'>): Parameter => ({
  schema: Type.String(),
  source,
  ...given,
})

export const operation = (given: Partial<Operation> = {}): Operation => ({
  operationId: 'fillCup',
  method: 'GET',
  path: '/cups',
  parameters: [],
  responses: [],
  resultCodes: [],
  links: [],
  source,
  sources: [source],
  ...given,
})

/** A request body with one documented example. */
export const jsonBody = (text: string, mediaType = 'application/json') => ({
  required: true,
  content: [
    {
      mediaType,
      examples: [{ name: 'shown', mediaType, text, origin: 'documented' as const, repairs: [], source }],
    },
  ],
  source,
})

export const description = (operations: Operation[]): ApiDescription => ({
  title: 'Cups',
  operations,
  securitySchemes: {},
  documents: {},
  findings: [],
})

export interface FakeStandin extends Standin {
  /** What it was asked to do, in order. */
  readonly calls: string[]
}

/** A server that only remembers what it was asked. `listen` may be made to fail. */
export function fakeStandin(
  given: { operations?: Operation[]; notes?: Finding[]; listen?: () => Promise<string> } = {},
): FakeStandin {
  const calls: string[] = []
  return {
    calls,
    description: description(given.operations ?? [operation()]),
    location: '.standin',
    notes: given.notes ?? [],
    recorded: [],
    listen: async () => {
      calls.push('listen')
      return given.listen === undefined ? 'http://127.0.0.1:4321' : given.listen()
    },
    inject: async () => ({ statusCode: 200, headers: {}, rawPayload: new Uint8Array() }),
    openapi: async () => '{ "openapi": "3.1.0" }',
    close: async () => void calls.push('close'),
  }
}

/** A factory that gives out one server and keeps the options that it was given. */
export function factory(standin: Standin): { create: CreateStandin; given: StandinOptions[] } {
  const given: StandinOptions[] = []
  return {
    given,
    create: async (options) => {
      given.push(options)
      return standin
    },
  }
}
