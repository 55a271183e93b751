import type { ApiDescription } from '../operation/description.js'
import { type ExamplesFile, withExamples } from '../operation/examples-file.js'
import type { Behaviours } from '../respond/behaviour.js'
import type { Collections } from '../respond/state.js'
import type { ApiModule, ApiServices, IssueToken } from './api-module.js'

/** An API as a module writes it down; lists that it does not have are left out. */
export interface ApiDefinition
  extends
    Pick<ApiDescription, 'title' | 'version' | 'summary' | 'operations'>,
    Partial<Pick<ApiDescription, 'securitySchemes' | 'documents' | 'findings'>> {
  /** Bodies by operation id, status and name, see `readExamples`. */
  readonly examples?: ExamplesFile
  /** What operations do, by operation id; a function where that needs secrets or the clock. */
  readonly behaviours?: Behaviours | ((services: ApiServices) => Behaviours)
  /** The state that a session starts from. */
  readonly seed?: Collections | ((services: ApiServices) => Promise<Collections>)
  /** Issues tokens for tests that need to be signed in without signing in. */
  readonly issueToken?: (services: ApiServices) => IssueToken
}

/** Puts an API together from its operations, their examples and what they do. For the default export of a module. */
export function defineApi(definition: ApiDefinition): ApiModule {
  const { operations, examples = {}, behaviours, seed, issueToken, ...facts } = definition
  return {
    description: {
      securitySchemes: {},
      documents: {},
      findings: [],
      ...facts,
      operations: operations.map((operation) => withExamples(operation, examples)),
    },
    ...(behaviours && { behaviours: typeof behaviours === 'function' ? behaviours : () => behaviours }),
    ...(issueToken && { issueToken }),
    ...(seed && { seed: typeof seed === 'function' ? seed : async () => seed }),
  }
}
