import { isObject } from '../../operation/json-object.js'
import { stringifyExact } from '../../operation/json.js'
import type { Failure } from '../report.js'
import type { PlannedInteraction } from '../verify/plan.js'
import { resolved, sourceAt } from '../verify/mismatch.js'
import type { CameResponse } from '../verify/wire.js'
import { memberOf, parsed } from '../value.js'

/** Members that came and that the docs do not mention. Allowed, so no failure; but readers would like to know. */
export function undocumentedMembers(planned: PlannedInteraction, response: CameResponse): Failure[] {
  const { schema, comment } = planned
  if (schema === undefined || comment?.status !== String(response.status)) return []
  const fallback = comment.response ?? comment.source
  const found: Failure[] = []
  const walk = (at: unknown, value: unknown, path: readonly string[]): void => {
    const here = resolved(schema, at)
    if (Array.isArray(value)) {
      // One item stands for all: the others are of the same schema.
      const items = memberOf(here, 'items')
      if (items !== undefined && value.length > 0) walk(items, value[0], [...path, '0'])
      return
    }
    const properties = memberOf(here, 'properties')
    if (!isObject(value) || !isObject(properties)) return
    const open = ['additionalProperties', 'patternProperties'].some((keyword) =>
      isObject(memberOf(here, keyword)),
    )
    for (const [name, member] of Object.entries(value)) {
      const inside = [...path, name]
      if (Object.hasOwn(properties, name)) walk(properties[name], member, inside)
      else if (!open) {
        found.push({
          where: `body ${inside.join('.')}`,
          expected: 'nothing of it',
          actual: stringifyExact(member).slice(0, 200),
          source: sourceAt(schema, path) ?? fallback,
        })
      }
    }
  }
  walk(schema, parsed(response.body), [])
  return found
}
