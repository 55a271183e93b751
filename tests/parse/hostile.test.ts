import t from 'tap'
import { readSource } from '../../src/parse/source.js'

const N = 100_000
const many = (text: string, length = N): string => text.repeat(Math.ceil(length / text.length))
const inBlock = (text: string): string =>
  `{% swagger method="get" path="/a" baseUrl="" %}\n${text}\n{% endswagger %}\n`
const inResponse = (text: string): string =>
  inBlock(`{% swagger-response status="200" %}\n${text}\n{% endswagger-response %}`)

/**
 * Each of these once made some reader slow or deep. There is no clock here: what is not linear does
 * not come to an end within the runner's patience.
 */
const pages: Record<string, string> = {
  'tags that never end': many('{% swagger '),
  'only beginnings of tags': many('{%'),
  'blocks that are never closed': many('{% swagger method="get" path="/a" %}\n'),
  'tabs in tabs': many('{% tabs %}{% tab title="x" %}'),
  'ends without beginnings': many('{% endtab %}\n'),
  'quotes without end': `{% swagger ${many('a="')} %}`,
  'quotes inside quotes': `{% swagger method="${many('x" y')}" %}`,
  'keys inside a value': `{% swagger path="${many(' path')}" %}`,
  'a tag of spaces': `{% swagger ${many('   ')} %}`,
  brackets: many('['),
  'links without end': many('[a]('),
  'links with brackets': many('[](<'),
  'runs of backticks, all of other lengths': Array.from({ length: 440 }, (_, i) => '`'.repeat(i + 1)).join(
    ' ',
  ),
  'less than': many('<'),
  'marks without end': many('<mark '),
  'tables in tables': many('<table>'),
  cells: `<table>${many('<td>')}</table>`,
  'elements that cross': many('<a><b></q>'),
  'fold-outs in fold-outs': many('<details>\n\n'),
  quotations: many('>'),
  'lists in lists': many('- '),
  entities: many('&amp'),
  'a wide table': `|${many('a|')}\n|${many('-|')}`,
  'a long table': `|Name|Type|\n|-|-|\n${many('|a|b|\n')}`,
  'a long line': many('word '),
  'fences without end': many('```\n'),
  'a fence without end, full of tags': `{% swagger-response %}\n\`\`\`\n${many('{% tab %}\n')}`,
  comments: many('<!-- '),
  'raw without end': many('{% raw %}'),
  'a long method line': `<mark>GET</mark> \`/${many('a/')}\``,
  'method headings': many('# GET /a\n'),
  headings: many('# Response\n'),
  'a path of variables': inBlock('').replace('/a', `/${many('{a}/')}`),
  'a path of braces': inBlock('').replace('/a', many('{{')),
  'a path of dots': inBlock('').replace('/a', many('a.')),
  'a long query': inBlock('').replace('/a', `/a?${many('b=c&')}`),
  'one parameter, often': inBlock(
    many('{% swagger-parameter in="query" name="a" %}\nb\n{% endswagger-parameter %}\n'),
  ),
  'one status, often': inBlock(
    many('{% swagger-response status="200" %}\n```\n{}\n```\n{% endswagger-response %}\n'),
  ),
  'a deep sample': inResponse(`\`\`\`\n${many('[')}\n\`\`\``),
  'a sample in the text': inResponse(`[${many('a ')}}`),
  'front matter without end': `---\n${many('a: b\n')}`,
  underlines: many('a\n=\n'),
  'invisible characters': many('\u200B'),
  'line breaks': many('\r\n'),
}

for (const [what, text] of Object.entries(pages)) {
  void t.test(what, (t) => {
    const { operations, findings } = readSource({ path: 'a.md', text }, { read: () => undefined })
    const lines = text.split(/\r\n?|\n/).length
    t.ok(findings.every(({ source }) => source.line >= 1 && source.line <= lines))
    t.ok(operations.every(({ source }) => source.line >= 1 && source.line <= lines))
    t.end()
  })
}

void t.test('a block after each of them still is read', (t) => {
  const swallowing = new Set(['fences without end', 'comments', 'raw without end'])
  for (const [what, text] of Object.entries(pages)) {
    if (swallowing.has(what) || what.startsWith('a fence') || what.startsWith('a tag of')) continue
    const page = `${text.slice(0, 4000)}\n\n# Last\n\n{% swagger method="put" path="/last" baseUrl="" %}\n{% endswagger %}\n`
    const { operations } = readSource({ path: 'a.md', text: page }, { read: () => undefined })
    t.ok(
      operations.some(({ method, path }) => method === 'PUT' && path === '/last'),
      what,
    )
  }
  t.end()
})
