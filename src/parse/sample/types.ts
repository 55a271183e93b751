import type { Finding } from '../../operation/finding.js'
import type { Repair } from '../../operation/operation.js'
import type { SourceLocation } from '../../operation/source.js'

/** One document that a code block, a tab or a cell shows as a request or reply. */
export interface Sample {
  /** `placeholder`: stands where a sample belongs and says nothing, such as a lone comment. Never replayed. */
  kind: 'json' | 'text' | 'placeholder'
  /** For `json` strict JSON with its digits and layout as written; else the text verbatim, without blank lines around it. */
  text: string
  /** `documented` exactly when `repairs` is empty and the text is JSON. */
  origin: 'documented' | 'repaired' | 'text'
  /** Every step that was needed, in the order of the text; one for each kind and line. */
  repairs: Repair[]
  /** The status of an HTTP head shown before the body, such as `200`. */
  status?: string
  mediaType: string
  /** First line of this document. */
  source: SourceLocation
  findings: Finding[]
}
