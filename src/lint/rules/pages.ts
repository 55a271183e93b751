import type { Rule } from '../rule.js'

/** What pages get wrong in blocks, parameters, addresses, links and in curl. */
export const pageRules = {
  'tag-attributes': {
    severity: 'warning',
    summary: 'An attribute of a tag is not written as key="value".',
    fixable: true,
  },
  'tag-unclosed': { severity: 'warning', summary: 'A tag is never closed.' },
  'method-missing': { severity: 'error', summary: 'A block states no HTTP method.' },
  'method-assumed': {
    severity: 'warning',
    summary: 'A block states no HTTP method, and one is taken from what stands around it.',
  },
  'path-missing': { severity: 'error', summary: 'A block states no path.' },
  'path-assumed': {
    severity: 'warning',
    summary: 'A block states no path, and that of its curl command is taken.',
  },
  'path-in-base-url': { severity: 'info', summary: 'The path stands in the base URL.' },
  'url-mended': { severity: 'info', summary: 'An address had to be made right to be read.' },
  'parameter-unnamed': { severity: 'warning', summary: 'A parameter has no name.' },
  'parameter-duplicate': { severity: 'warning', summary: 'A parameter is described twice.' },
  'parameter-not-in-path': { severity: 'warning', summary: 'A path parameter is not in the path.' },
  'parameter-type-missing': { severity: 'warning', summary: 'A parameter has no type.' },
  'get-with-body': { severity: 'warning', summary: 'GET or HEAD is documented with a body.' },
  'status-duplicate': { severity: 'warning', summary: 'A status is documented twice.' },
  'status-not-http': { severity: 'warning', summary: 'A response has a status that HTTP does not have.' },
  'no-responses': { severity: 'warning', summary: 'An operation describes no responses.' },
  'operation-documented-twice': {
    severity: 'warning',
    summary: 'An operation is documented in several places.',
  },
  'pages-disagree': {
    severity: 'warning',
    summary: 'Two places that document one operation contradict each other.',
  },
  'curl-not-runnable': {
    severity: 'warning',
    summary: 'A curl command does not run as printed.',
    fixable: true,
  },
  'curl-escaped-option': {
    severity: 'info',
    summary: 'A curl option has a backslash in front.',
    fixable: true,
  },
  'curl-header-malformed': { severity: 'warning', summary: 'A header of a curl command is no header.' },
  'curl-header-no-space': {
    severity: 'info',
    summary: 'A header of a curl command lacks the space after its colon, or has one before it.',
    fixable: true,
  },
  'curl-other-method': {
    severity: 'warning',
    summary: 'A curl command sends another method than its block says.',
  },
  'curl-other-path': {
    severity: 'warning',
    summary: 'A curl command calls another path than its block says.',
  },
  'curl-header-undocumented': {
    severity: 'info',
    summary: 'A curl command sends a header that is not documented.',
  },
  'curl-lacks-required': { severity: 'warning', summary: 'A curl command leaves out a required parameter.' },
  'curl-media-type': {
    severity: 'warning',
    summary: 'A curl command sends JSON as another media type.',
  },
  'dead-link': { severity: 'error', summary: 'A relative link leads to no file.' },
  'dead-anchor': { severity: 'warning', summary: 'A link leads to a heading that its page does not have.' },
  'dead-reference': { severity: 'error', summary: 'A block names an OpenAPI file that is not there.' },
  'remote-reference': { severity: 'error', summary: 'A block names an OpenAPI file by an address.' },
  'operation-not-in-file': {
    severity: 'error',
    summary: 'A block names an operation that its OpenAPI file does not have.',
  },
  'source-unreadable': { severity: 'error', summary: 'A source cannot be read.' },
  'constraint-elsewhere': {
    severity: 'info',
    summary: 'What a value may be is said on another page only.',
  },
  'undocumented-encryption': {
    severity: 'warning',
    summary: 'Bodies are said to be encrypted, but not how.',
  },
  'unknown-rule': { severity: 'error', summary: 'A comment names a rule that does not exist.' },
} as const satisfies Record<string, Rule>
