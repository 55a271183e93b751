import type { Rule } from '../rule.js'

/** What the samples of requests and replies get wrong. */
export const sampleRules = {
  'placeholder-response': {
    severity: 'warning',
    summary: 'A response shows a placeholder in place of a body.',
  },
  'sample-placeholder': { severity: 'warning', summary: 'A placeholder stands where a sample belongs.' },
  'sample-repaired': {
    severity: 'warning',
    summary: 'A sample is not strict JSON and had to be mended.',
    fixable: true,
  },
  'sample-unreadable': {
    severity: 'error',
    summary: 'A sample looks like JSON and cannot be read with confidence.',
  },
  'sample-not-json': { severity: 'warning', summary: 'A body that is called JSON is none.' },
  'sample-type-words': { severity: 'warning', summary: 'A sample shows types in place of values.' },
  'sample-contradicts-type': {
    severity: 'warning',
    summary: 'A sample shows a value that the documented type does not allow.',
  },
  'sample-lacks-required': {
    severity: 'warning',
    summary: 'A sample lacks a member that is documented as required.',
  },
  'sample-member-undocumented': {
    severity: 'info',
    summary: 'A sample has a member that the table beside it does not list.',
  },
  'examples-without-operation': {
    severity: 'warning',
    summary: 'Recorded examples belong to an operation that no source documents.',
  },
  'example-conflict': { severity: 'warning', summary: 'Two samples of one reply differ in a fixed value.' },
} as const satisfies Record<string, Rule>
