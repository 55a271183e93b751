import * as fc from 'fast-check'
import t from 'tap'
import { explainHeaders } from '../../src/ui/model/explain-headers.js'
import { groupFindings } from '../../src/ui/model/findings.js'
import { jsonTokens } from '../../src/ui/model/json-tokens.js'
import { formatRoute, parseRoute } from '../../src/ui/model/route.js'
import { ago, count, size } from '../../src/ui/model/words.js'

void t.test('headers of our own in words', async (t) => {
  const explained = explainHeaders([
    ['content-type', 'application/json'],
    ['standin-example', '200/response; documented; docs/a.md:40'],
    ['standin-note', 'undocumented-body; "only a placeholder (docs/a.md:50)", override'],
    ['standin-reason', 'X-API-TOKEN: The token has expired'],
    ['standin-violations', 'header X-API-TOKEN is required'],
    ['standin-later', '100%'],
  ])
  t.strictSame(
    explained.map(({ name, meaning, source }) => [name, meaning, source]),
    [
      ['standin-example', 'Example 200/response: as the docs print it.', 'docs/a.md:40'],
      [
        'standin-note',
        'The docs list the status, but not its body; somebody set this reply from outside; only a placeholder (docs/a.md:50).',
        'docs/a.md:50',
      ],
      ['standin-reason', 'X-API-TOKEN: The token has expired.', undefined],
      ['standin-violations', 'The request breaks the docs: header X-API-TOKEN is required', undefined],
      ['standin-later', '100%', undefined],
    ],
  )
})

void t.test('the address of the page is read and written', async (t) => {
  for (const [hash, route] of [
    ['', { view: 'operations', id: '', session: '' }],
    ['#/operations/resetPin', { view: 'operations', id: 'resetPin', session: '' }],
    ['#/journal/12?session=alice', { view: 'journal', id: '12', session: 'alice' }],
    ['#/nowhere/x?session=a', { view: 'operations', id: '', session: 'a' }],
    ['#/operations/%E0%A4', { view: 'operations', id: '%E0%A4', session: '' }],
  ] as const) {
    t.strictSame(parseRoute(hash), route, hash)
  }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (id, session) => {
      const route = { view: 'operations', id, session } as const
      const read = parseRoute(formatRoute(route))
      return read.id === id && read.session === session
    }),
    { seed: 7 },
  )
})

void t.test('the parts of a text in colours are the text', async (t) => {
  t.strictSame(
    jsonTokens('{"a": [1.50, true, "x\\"y"]} rest').map(({ kind, text }) => [kind, text]),
    [
      ['other', '{'],
      ['key', '"a"'],
      ['other', ':'],
      ['other', ' ['],
      ['number', '1.50'],
      ['other', ', '],
      ['word', 'true'],
      ['other', ', '],
      ['string', '"x\\"y"'],
      ['other', ']} rest'],
    ],
  )
  fc.assert(
    fc.property(
      fc.string(),
      (text) =>
        jsonTokens(text)
          .map((token) => token.text)
          .join('') === text,
    ),
    { seed: 7 },
  )
})

void t.test('findings by page, the worst page first', async (t) => {
  const finding = (file: string, line: number, severity: 'error' | 'warning' | 'info') => ({
    rule: 'r',
    severity,
    message: `${line}`,
    source: { file, line },
  })
  const groups = groupFindings([
    finding('a.md', 9, 'info'),
    finding('b.md', 2, 'warning'),
    finding('a.md', 1, 'info'),
    finding('c.md', 1, 'error'),
  ])
  t.strictSame(
    groups.map(({ page, findings }) => [page, findings.map(({ source }) => source.line)]),
    [
      ['c.md', [1]],
      ['b.md', [2]],
      ['a.md', [1, 9]],
    ],
  )
})

void t.test('numbers and times for people', async (t) => {
  t.equal(count(1, 'call'), '1 call')
  t.equal(count(1000, 'call'), '1,000 calls')
  t.strictSame([1, 1234, 2_500_000].map(size), ['1 B', '1.2 kB', '2.5 MB'])
  const at = '2030-01-01T00:00:00.000Z'
  const after = (seconds: number) => ago(at, Date.parse(at) + seconds * 1000)
  t.strictSame([0, 30, 90, 7200, -5].map(after), ['just now', '30 s ago', '2 min ago', '2 h ago', 'just now'])
})
