import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parseExact, stringifyExact, toPlain } from '../operation/json.js'
import type { Active } from './active-override.js'
import { Override } from './override.js'
import { withDigits } from './override-digits.js'
import type { Overrides } from './overrides.js'
import { type PreparedOverride, prepareOverride } from './prepared-override.js'

const Kept = Type.Object({
  scenario: Type.Optional(Type.String()),
  made: Type.Integer(),
  overrides: Type.Array(
    Type.Object({
      id: Type.String(),
      key: Type.String(),
      scenario: Type.Optional(Type.String()),
      /** JSON within JSON, so that its digits are kept. */
      override: Type.String(),
    }),
  ),
})

/** Overrides that were read. */
export interface KeptOverrides {
  readonly active: readonly Active[]
  readonly scenario: string | undefined
  readonly made: number
}

/** Overrides as a text, without how often they were used. */
export function steeringText({ entries, scenario, made }: Overrides): string {
  const kept: Static<typeof Kept> = {
    ...(scenario !== undefined && { scenario }),
    made,
    overrides: entries.map(({ id, key, scenario: from, prepared }) => ({
      id,
      key,
      ...(from !== undefined && { scenario: from }),
      override: stringifyExact(prepared.override),
    })),
  }
  return JSON.stringify(kept)
}

/**
 * Reads what {@link steeringText} has written. Rejects with a SyntaxError or TypeError on anything else, such as what
 * another version of Standin has written.
 * @param known overrides that are prepared already, by key
 */
export async function readSteering(text: string, known: ReadonlyMap<string, Active>): Promise<KeptOverrides> {
  const kept: unknown = JSON.parse(text)
  if (!Value.Check(Kept, kept)) throw new TypeError(`It is not what Standin writes: ${text.slice(0, 80)}`)
  const active = await Promise.all(
    kept.overrides.map(
      async ({ id, key, scenario, override }): Promise<Active> =>
        known.get(key) ?? { id, key, prepared: await prepared(override), scenario, used: 0, met: 0 },
    ),
  )
  return { active, scenario: kept.scenario, made: kept.made }
}

async function prepared(text: string): Promise<PreparedOverride> {
  const exact = parseExact(text)
  const override = toPlain(exact)
  if (!Value.Check(Override, override)) throw new TypeError(`It is no override: ${text.slice(0, 80)}`)
  return prepareOverride(withDigits(override, exact))
}
