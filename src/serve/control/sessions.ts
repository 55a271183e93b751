import { Type } from '@sinclair/typebox'
import type { ControlApp, ControlContext } from './app.js'

export const SessionSummary = Type.Object(
  {
    /** `''` for the default one. */
    name: Type.String(),
    /** RFC 3339. */
    made: Type.String(),
    lastUsed: Type.String(),
    overrides: Type.Integer(),
  },
  { $id: 'SessionSummary' },
)

/** Who else is here. */
export function sessionRoutes(app: ControlApp, { sessions }: ControlContext): void {
  app.get(
    '/sessions',
    { schema: { response: { 200: Type.Object({ sessions: Type.Array(SessionSummary) }) } } },
    async () => ({
      sessions: sessions.list().map(({ name, made, lastUsed, overrides }) => ({
        name,
        made: new Date(made).toISOString(),
        lastUsed: new Date(lastUsed).toISOString(),
        overrides: overrides.size,
      })),
    }),
  )
}
