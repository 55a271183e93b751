import { readFile } from 'node:fs/promises'
import { packageFile } from '../package.js'

/**
 * A reference page for people: Swagger UI over our own OpenAPI document. Its two files are copied
 * into dist/ by the build, so that the page needs no network and the package no further dependency.
 */
export function referencePage(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_standin/docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="/_standin/docs/swagger-ui-bundle.js"></script>
<script src="/_standin/docs/start.js"></script>
</body>
</html>
`
}

const START = `SwaggerUIBundle({ url: '/_standin/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null })
`

interface ReferenceFile {
  readonly type: string
  readonly read: () => Promise<string | Buffer>
}

const asset = (name: string) => () => readFile(packageFile(`dist/reference/${name}`))

export const REFERENCE_FILES: Readonly<Record<string, ReferenceFile>> = {
  'swagger-ui.css': { type: 'text/css; charset=utf-8', read: asset('swagger-ui.css') },
  'swagger-ui-bundle.js': { type: 'text/javascript; charset=utf-8', read: asset('swagger-ui-bundle.js') },
  'start.js': { type: 'text/javascript; charset=utf-8', read: () => Promise.resolve(START) },
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
