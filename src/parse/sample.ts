import { parseExact } from '../operation/json.js'
import type { SourceLocation } from '../operation/source.js'
import type { Sample } from './sample/types.js'

export type { Sample } from './sample/types.js'

export function readSamples(text: string, at: SourceLocation, _info?: string): Sample[] {
  const base = { text: text.trim(), repairs: [], source: at, findings: [] }
  if (/^(?:\s|[{}[\].…]|\/\/.*|#.*)*$/.test(text) && !/^\s*(?:\{\s*\}|\[\s*\])\s*$/.test(text)) {
    return [{ ...base, kind: 'placeholder', origin: 'text', mediaType: 'text/plain' }]
  }
  try {
    parseExact(text)
    return [{ ...base, kind: 'json', origin: 'documented', mediaType: 'application/json' }]
  } catch {
    return [{ ...base, kind: 'text', origin: 'text', mediaType: 'text/plain' }]
  }
}
