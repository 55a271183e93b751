import { Type } from '@sinclair/typebox'
import type { Parameter, ParameterPlace } from '../../src/operation/operation.js'
import {
  type CheckedParameters,
  compileParameters,
  type ParameterInput,
} from '../../src/respond/parameters.js'
import { validate } from './helper.js'

export const source = { file: 'api.yaml', line: 3 }
export type Described = Omit<Partial<Parameter>, 'schema'> & { schema: object }
export const parameter = (place: ParameterPlace, { schema, ...rest }: Described): Parameter => ({
  in: place,
  name: 'color',
  source,
  ...rest,
  schema: Type.Unsafe(schema),
})

export function read(
  parameters: Parameter[],
  input: Partial<ParameterInput>,
  documents: object = {},
): CheckedParameters {
  const resolve = (id: string): unknown => Reflect.get(documents, id)
  return compileParameters(parameters, resolve, validate)({ path: {}, query: '', headers: {}, ...input })
}

export const inputOf = (place: ParameterPlace, text: string): Partial<ParameterInput> => {
  if (place === 'path') return { path: { color: text } }
  if (place === 'query') return { query: text }
  return { headers: { [place === 'header' ? 'color' : 'cookie']: text } }
}
export const valueOf = ({ values }: CheckedParameters): unknown =>
  ({ ...values.path, ...values.query, ...values.header, ...values.cookie })['color']
