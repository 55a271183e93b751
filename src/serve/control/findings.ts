import { Type } from '@sinclair/typebox'
import { lint } from '../../lint/lint.js'
import { Finding } from '../../operation/finding.js'
import type { ControlApp, ControlContext } from './context.js'

/** Pages are not read again, so links in them are not followed. */
const NO_FILES = { read: () => undefined, exists: () => false }

/** What the docs get wrong or leave open. */
export function findingRoutes(app: ControlApp, { description }: ControlContext): void {
  app.get(
    '/findings',
    {
      schema: {
        operationId: 'listFindings',
        summary: 'What the docs get wrong or leave open, as far as the description shows it',
        tags: ['Docs'],
        response: { 200: Type.Object({ findings: Type.Array(Finding) }) },
      },
    },
    async () => ({
      findings: lint({ files: [], description: description(), context: NO_FILES, settings: {} }),
    }),
  )
}
