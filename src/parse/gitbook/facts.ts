import type { Finding } from '../../operation/finding.js'
import type { Link, Parameter, ParameterPlace, ResultCode } from '../../operation/operation.js'
import type { SourceLocation } from '../../operation/source.js'
import type { CurlCommand } from '../curl.js'
import type { Sample } from '../sample.js'

/** A row that describes a parameter, or a member of a body, as the page has it. */
export interface Field {
  /** Absent where the page does not say. */
  in?: ParameterPlace
  name: string
  required?: boolean
  typeText?: string
  description?: string
  example?: string
  source: SourceLocation
}

/** A sample under the label that the page gives it. */
export interface LabelledSample {
  label: string
  sample: Sample
}

/** What a page says of one reply. */
export interface ResponseFacts {
  /** As the page words it; absent for a sample that is only called a response. */
  statusText?: string
  label: string
  description?: string
  /** A label of its own where several stand in tabs, else an empty one. */
  samples: LabelledSample[]
  fields: Field[]
  source: SourceLocation
}

/** Everything that a page says of one operation, in the page's own words: what a dialect's reader yields. */
export interface BlockFacts {
  method?: string
  baseUrl?: string
  path?: string
  /** The block's own short name, else the heading above it. */
  summary?: string
  description: string[]
  fields: Field[]
  /** Media type of a form, where the page calls the body one. */
  formType?: string
  requests: LabelledSample[]
  responses: ResponseFacts[]
  curls: CurlCommand[]
  resultCodes: ResultCode[]
  links: Link[]
  findings: Finding[]
  /** The replies that labels around the block name, by label and status. */
  labelled: Map<string, ResponseFacts>
  /** What another document already says of the parameters, where the page only embeds it. */
  known?: readonly Parameter[]
  source: SourceLocation
}

export const noFacts = (source: SourceLocation): BlockFacts => ({
  description: [],
  fields: [],
  requests: [],
  responses: [],
  curls: [],
  resultCodes: [],
  links: [],
  findings: [],
  labelled: new Map(),
  source,
})
