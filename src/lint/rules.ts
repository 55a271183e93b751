import type { Rule } from './rule.js'
import { openApiRules } from './rules/openapi.js'
import { pageRules } from './rules/pages.js'
import { sampleRules } from './rules/samples.js'

/**
 * Every rule, by the id that findings carry. Readers find most of them while they read; the others
 * are checks of this folder. The severity here holds, whatever finds it. Each has a page,
 * docs/rules/<id>.md; a test holds findings, registry and pages together.
 */
export const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...Object.entries(pageRules),
  ...Object.entries(sampleRules),
  ...Object.entries(openApiRules),
])
