import type { Field } from './facts.js'

/**
 * The value that a field shows. Authors put it where the description belongs (`application/json`,
 * `Bearer {token}`), behind "Ex:", or for a header even where the type belongs.
 */
export function shownValue(field: Field): string | undefined {
  if (field.example !== undefined) return field.example
  if (
    field.in === 'header' &&
    field.typeText !== undefined &&
    /^[a-z]+\/[\w.+*-]+/.test(field.typeText.trim())
  ) {
    return field.typeText.trim()
  }
  const text = field.description?.trim() ?? ''
  return valueItself(text, field.in) ?? valueAfterExample(text)
}

function valueItself(text: string, place: Field['in']): string | undefined {
  if (text === '' || text.length > 2000 || text.includes('\n')) return undefined
  const value = text.replace(/^(["'`])(.*)\1$/, '$2')
  if (place === 'header') {
    if (/^(?:Bearer|Basic|Token|Digest|ApiKey)\s+\S{1,2000}$/i.test(value)) return value
    if (/^[a-z]+\/[\w.+*-]+(?:\s*;\s*[\w-]+=[\w-]+)?$/i.test(value)) return value
    if (/^[\w.:/+=~{}<>[\]-]+$/.test(value) && (/[\d_/:=-]/.test(value) || /^[A-Z]{2,}$/.test(value)))
      return value
    return undefined
  }
  // Elsewhere a single word may be a description; digits in it make it a value.
  return place !== 'body' && /^[\w.:+=~-]*\d[\w.:+=~-]*$/.test(value) ? value : undefined
}

/** "Ex: `1234`", "e.g. FOO-1", "Example: abc". */
function valueAfterExample(text: string): string | undefined {
  const marker =
    /(?:\bex(?:ample|amples|\.)?|\be\.g\.?|예시?|例如|示例|exemplo|ejemplo|örnek|beispiel|пример)\s{0,3}(?:values?\s{0,3})?[.:：=]{1,3}[\s\-–]{0,6}/i.exec(
      text,
    )
  if (marker === null) return undefined
  const rest = text.slice(marker.index + marker[0].length, marker.index + marker[0].length + 400)
  const value =
    /^(["'`“‘])(.{1,200}?)["'`”’]/.exec(rest)?.[2] ??
    /^[^\s,;()]{1,200}/.exec(rest)?.[0]?.replace(/[.,;|]$/, '')
  return value === undefined || value === '' ? undefined : value
}
