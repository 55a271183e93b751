import type { Rule } from '../rule.js'

/** What OpenAPI and Postman documents get wrong. */
export const openApiRules = {
  'duplicate-key': { severity: 'error', summary: 'An object of a document has one key twice.' },
  'duplicate-operation-id': { severity: 'error', summary: 'Two operations have the same operationId.' },
  'endless-reference': { severity: 'error', summary: 'A schema requires itself without an end.' },
  'example-form-unknown': { severity: 'info', summary: 'It cannot be told how an example is to be sent.' },
  'example-without-value': { severity: 'warning', summary: 'An example has no value.' },
  'external-example': { severity: 'warning', summary: 'An example is kept outside the document.' },
  'invalid-operation': { severity: 'error', summary: 'An operation is none.' },
  'invalid-parameter': { severity: 'error', summary: 'A parameter lacks its name or its place.' },
  'invalid-path-item': { severity: 'error', summary: 'What stands under a path is no path item.' },
  'invalid-schema': { severity: 'error', summary: 'A schema is none.' },
  'invalid-schema-keyword': {
    severity: 'error',
    summary: 'A keyword of a schema has a value it cannot have.',
  },
  'invalid-security-scheme': { severity: 'error', summary: 'A security scheme has no known type.' },
  'security-not-understood': {
    severity: 'warning',
    summary: 'A kind of authorisation is not understood, so that it is not checked.',
  },
  'invalid-status': { severity: 'error', summary: 'A response has a status that is none.' },
  'no-paths': { severity: 'error', summary: 'An OpenAPI document has no paths.' },
  'path-with-query': { severity: 'warning', summary: 'A path has a query string.' },
  'path-without-slash': { severity: 'warning', summary: 'A path does not begin with a slash.' },
  'ref-siblings': { severity: 'info', summary: 'Members beside a $ref are not looked at in this version.' },
  'server-variable-without-default': { severity: 'warning', summary: 'A server variable has no default.' },
  'several-base-paths': { severity: 'info', summary: 'The servers have different base paths.' },
  'several-documents': { severity: 'warning', summary: 'A YAML file holds several documents.' },
  'undeclared-path-parameter': {
    severity: 'warning',
    summary: 'A variable of the path is not among the parameters.',
  },
  'unknown-path-parameter': { severity: 'warning', summary: 'A path parameter is not in the path.' },
  'unknown-method': { severity: 'warning', summary: 'A method is not among those that OpenAPI has.' },
  'unknown-security-scheme': {
    severity: 'error',
    summary: 'A security requirement names a scheme that is not defined.',
  },
  'unknown-version': { severity: 'warning', summary: 'The version of OpenAPI is not one that is known.' },
  'unresolved-reference': { severity: 'error', summary: 'A $ref leads nowhere.' },
  'webhooks-ignored': {
    severity: 'info',
    summary: 'Webhooks are described, which a stand-in does not send.',
  },
} as const satisfies Record<string, Rule>
