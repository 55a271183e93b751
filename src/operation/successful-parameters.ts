import type { Exchange, Operation, Parameter } from './operation.js'
import { pathParameters } from './path.js'

/**
 * The parameters of an operation as a request that succeeds has them: where the docs show a value with
 * refusals alone, and another with a success, the example is that other one.
 */
export function successfulParameters({ path, parameters, exchanges = [] }: Operation): Parameter[] {
  const names = pathParameters(path)
  const valueIn = (exchange: Exchange, { in: place, name }: Parameter): string | undefined => {
    if (place === 'path') return exchange.path[names.indexOf(name)] ?? undefined
    return place === 'query' && Object.hasOwn(exchange.query, name) ? exchange.query[name] : undefined
  }
  return parameters.map((parameter) => {
    const shown = exchanges.map((exchange) => ({
      value: valueIn(exchange, parameter),
      isSuccess: exchange.status.startsWith('2'),
    }))
    const own = shown.filter(({ value }) => value !== undefined && value === parameter.example)
    if (own.length === 0 || own.some(({ isSuccess }) => isSuccess)) return parameter
    const example = shown.find(({ value, isSuccess }) => isSuccess && value !== undefined)?.value
    return example === undefined ? parameter : { ...parameter, example }
  })
}
