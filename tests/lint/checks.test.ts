import t from 'tap'
import { block, type Folder, problemsIn, shown } from './helper.js'

const cases: [string, Folder, string[]][] = [
  ['nothing is wrong', { 'a.md': block() }, []],
  [
    'links to files, folders and headings that are there',
    {
      'docs/a.md': block(
        '## Get & set',
        '[one](b.md) [two](b.md#the-pets) [three](#get-and-set-1) [up](../docs/) [b](b)',
        '[site](/x) [web](https://example.com/y) [mail](mailto:a@example.com) `[code](gone.md)`',
        '```md',
        '[shown](gone.md)',
        '```',
        '[with a space](<c d.md>) [escaped](c%20d.md) [own](#get-and-set)',
      ).replace('## Get & set', '## Get and set'),
      'docs/b.md': block('## The Pets!'),
      'docs/c d.md': block(),
    },
    // Three pages with one operation.
    ['docs/b.md:1 operation-documented-twice', 'docs/c d.md:1 operation-documented-twice'],
  ],
  [
    'links that lead nowhere',
    {
      'docs/a.md': block(
        '[one](gone.md) and <a href="../b.md">two</a>',
        '![three](img/x.png)',
        '[four](#no)',
      ),
    },
    [
      'docs/a.md:13 dead-link',
      'docs/a.md:13 dead-link',
      'docs/a.md:14 dead-link',
      'docs/a.md:15 dead-anchor',
    ],
  ],
  [
    'one type is missing',
    {
      'a.md': [
        '{% swagger method="get" path="/pets" baseUrl="https://api.example.com" summary="Pets" %}',
        '{% swagger-parameter in="query" name="limit" type="integer" %}{% endswagger-parameter %}',
        '{% swagger-parameter in="query" name="after" %}{% endswagger-parameter %}',
        '{% swagger-parameter in="header" name="X-Shop" %}{% endswagger-parameter %}',
        '{% swagger-response status="204" description="" %}{% endswagger-response %}',
        '{% endswagger %}',
      ].join('\n'),
    },
    ['a.md:3 parameter-type-missing'],
  ],
  [
    'no types, no responses, and a path in the base',
    {
      'a.md': [
        '{% swagger method="get" path="" baseUrl="https://api.example.com/pets" summary="Pets" %}',
        '{% swagger-parameter in="query" name="limit" %}{% endswagger-parameter %}',
        '{% swagger-parameter in="query" name="after" %}{% endswagger-parameter %}',
        '{% endswagger %}',
      ].join('\n'),
    },
    ['a.md:1 path-in-base-url', 'a.md:1 no-responses', 'a.md:2 parameter-type-missing'],
  ],
  [
    'a member that the table does not list',
    {
      'a.md': block(
        'Request example:',
        '',
        '```json',
        '{',
        '  "name": "Rex",',
        '  "colour": "red"',
        '}',
        '```',
      ),
    },
    ['a.md:18 sample-member-undocumented'],
  ],
  [
    'a sample without a required member',
    { 'a.md': block('Request example:', '', '```json', '{ "colour": "red" }', '```') },
    ['a.md:2 sample-lacks-required', 'a.md:16 sample-member-undocumented'],
  ],
  [
    'what a curl command leaves out, adds and calls its body',
    {
      'a.md': block(
        '```sh',
        `curl https://api.example.com/pets -H 'X-Shop: 7' -d '{ "name": "Rex" }'`,
        '```',
      ).replace(
        '{% swagger-response',
        '{% swagger-parameter in="query" name="dry" type="boolean" required="true" %}{% endswagger-parameter %}\n{% swagger-response',
      ),
    },
    ['a.md:15 curl-header-undocumented', 'a.md:15 curl-lacks-required', 'a.md:15 curl-media-type'],
  ],
  [
    'two pages that disagree',
    {
      'a.md': block(),
      'b.md': block().replace('type="string" required="true"', 'type="integer" required="false"'),
    },
    ['b.md:1 operation-documented-twice', 'b.md:2 pages-disagree', 'b.md:2 pages-disagree'],
  ],
  [
    'a block without a method, known from its curl',
    {
      'a.md': block('```sh', 'curl -X POST https://api.example.com/pets', '```').replace(
        'method="post" ',
        '',
      ),
    },
    ['a.md:1 method-assumed'],
  ],
]

for (const [name, folder, expected] of cases)
  void t.test(name, async (t) => t.strictSame(shown(folder), expected))

void t.test('settings turn rules off and change their severity', async (t) => {
  const folder = { 'a.md': block('[one](gone.md)', '[two](#no)') }
  t.strictSame(shown(folder, { 'dead-link': 'off', 'dead-anchor': 'error' }), ['a.md:14 dead-anchor'])
  t.equal(problemsIn(folder, { 'dead-anchor': 'error' })[1]?.severity, 'error')
})

const of = (...lines: string[]) => shown({ 'a.md': block(...lines) }).map((text) => text.slice(5))

void t.test('comments turn rules off', async (t) => {
  const link = '[one](gone.md)'
  t.strictSame(of('<!-- standin-disable dead-link -->', link, '<!-- standin-enable dead-link -->', link), [
    '16 dead-link',
  ])
  t.strictSame(of('<!-- standin-disable -->', link, '<!-- standin-enable -->', link), ['16 dead-link'])
  t.strictSame(of('<!-- standin-disable-next-line dead-link -- moved soon -->', link, link), ['15 dead-link'])
  t.strictSame(of('<!-- standin-disable-next-line dead-anchor, dead-link -->', '', link), [])
  t.strictSame(of('<!-- standin-disable dead-anchor -->', link), ['14 dead-link'])
  t.strictSame(
    of(
      'Request:',
      '<!-- standin-disable-next-line sample-repaired -->',
      '```json',
      '{',
      "'name': 'Rex'",
      '}',
      '```',
    ),
    [],
    'a fence as a whole',
  )
  t.strictSame(of('```html', '<!-- standin-disable -->', '```', link), ['16 dead-link'], 'not in a fence')
  t.strictSame(of('<!-- standin-disable dead-lnik -->', link), ['13 unknown-rule', '14 dead-link'])
  const [problem] = problemsIn({ 'a.md': block('<!-- standin-disable dead-lnik -->') })
  t.match(problem?.message, /Did you mean dead-link\?/)
})

const yaml = (comment: string) => ({
  'api.yaml': `openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths:\n${comment}\n  pets: { get: { responses: { '204': { description: Done } } } }\n`,
})

void t.test('comments in YAML', async (t) => {
  t.strictSame(shown(yaml('')), ['api.yaml:5 path-without-slash'])
  t.strictSame(shown(yaml('  # standin-disable-next-line path-without-slash')), [])
  t.strictSame(shown(yaml('  # standin-disable path-with-out-slash')), [
    'api.yaml:4 unknown-rule',
    'api.yaml:5 path-without-slash',
  ])
})
