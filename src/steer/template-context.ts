import { queryOf } from '../operation/query.js'
import { contentsOf } from './state-contents.js'
import { valuesByName } from './values-by-name.js'
import type { RequestInput } from '../respond/check.js'
import type { StateReader } from '../respond/state.js'
import { bodyOf } from './match-condition.js'
import type { TemplateContext } from './template.js'

/** What the templates of an override may speak of, for one call. */
export function templateContext(
  input: RequestInput,
  path: Readonly<Record<string, string>>,
  session: { readonly name: string },
  state: StateReader | undefined,
): TemplateContext {
  return {
    request: {
      method: input.method,
      url: input.url,
      path,
      query: valuesByName(queryOf(input.url)),
      headers: input.headers,
      body: bodyOf(input).value,
    },
    state: state && contentsOf(state),
    session: { name: session.name },
  }
}
