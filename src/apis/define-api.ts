import type { ApiDescription } from '../operation/description.js'
import { type ExamplesFile, withExamples } from '../operation/examples-file.js'
import type { Behaviours } from '../respond/behaviour.js'
import type { Collections } from '../respond/state.js'
import type { ApiModule, ApiServices } from './api-module.js'

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
}

/** Puts an API together from its operations, their examples and what they do. For the default export of a module. */
export function defineApi(definition: ApiDefinition): ApiModule {
  const { operations, examples = {}, behaviours, seed, ...facts } = definition
  return {
    description: {
      securitySchemes: {},
      documents: {},
      findings: [],
      ...facts,
      operations: operations.map((operation) => withExamples(operation, examples)),
    },
    ...(behaviours && { behaviours: typeof behaviours === 'function' ? behaviours : () => behaviours }),
    ...(seed && { seed: typeof seed === 'function' ? seed : async () => seed }),
  }
}
