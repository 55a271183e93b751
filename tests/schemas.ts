import type { TSchema } from '@sinclair/typebox'
import { CheckReport } from '../src/cli/check/report.js'
import { DocsReport } from '../src/contract/docs-report.js'
import { VerifyReport } from '../src/contract/report.js'
import { InspectReport } from '../src/emit/inspect.js'

/** The published JSON Schemas (draft 2020-12) by file name, as they stand in docs/schemas/. */
export const publishedSchemas = (): [name: string, text: string][] => [
  ['inspect', published('What standin inspect --format json prints', InspectReport)],
  ['check', published('What standin check --format json prints', CheckReport)],
  ['verify', published('What standin verify --format json prints', VerifyReport)],
  ['verify-docs', published('What standin verify --report docs --format json prints', DocsReport)],
]

const published = (title: string, schema: TSchema): string =>
  `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schema }, null, 2)}\n`
