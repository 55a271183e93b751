import { decoded } from '../operation/decoded.js'
import type { ApiDescription } from '../operation/description.js'
import type { Operation } from '../operation/operation.js'

/** The operation that a method and a path of a request belong to; of several the one with most fixed segments. */
export function findOperation(
  { operations }: ApiDescription,
  method: string,
  path: string,
): Operation | undefined {
  const segments = path.split('/')
  return operations
    .filter((operation) => operation.method === method && matches(operation.path.split('/'), segments))
    .toSorted((a, b) => variables(a) - variables(b))[0]
}

function matches(template: readonly string[], segments: readonly string[]): boolean {
  if (template.length !== segments.length) return false
  return template.every((part, at) => {
    const segment = segments[at] ?? ''
    if (!part.includes('{')) return decoded(part) === decoded(segment)
    const expression = part
      .split(/\{[^}]*\}/)
      .map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
      .join('.+')
    return new RegExp(`^${expression}$`).test(segment)
  })
}

/** The values of a path's parameters. */
export function pathValues(template: string, path: string): Record<string, string> {
  const segments = path.split('/')
  const values: Record<string, string> = {}
  for (const [at, part] of template.split('/').entries()) {
    const [, name] = /^\{([^}]*)\}$/.exec(part) ?? []
    if (name !== undefined) values[name] = decoded(segments[at] ?? '')
  }
  return values
}

const variables = ({ path }: Operation): number => path.split('{').length
