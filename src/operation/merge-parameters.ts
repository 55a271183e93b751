import type { Parameter } from './operation.js'

/** The parameters of several accounts of one operation; required only where every account says so. */
export function mergeParameters(accounts: readonly (readonly Parameter[])[]): Parameter[] {
  const merged = new Map<string, { parameter: Parameter; required: number; optional: boolean }>()
  for (const parameter of accounts.flat()) {
    const key = `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`
    const known = merged.get(key)
    merged.set(key, {
      parameter: known === undefined ? parameter : { ...parameter, ...known.parameter },
      required: (known?.required ?? 0) + (parameter.required === true ? 1 : 0),
      optional: (known?.optional ?? false) || parameter.required === false,
    })
  }
  return [...merged.values()].map(({ parameter, required, optional }) => {
    const { required: _, ...rest } = parameter
    if (parameter.in === 'path' || required >= accounts.length) return { ...rest, required: true }
    return optional || required > 0 ? { ...rest, required: false } : rest
  })
}
