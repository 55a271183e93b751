import t from 'tap'
import { githubReport } from '../../src/lint/report/github.js'
import { jsonReport } from '../../src/lint/report/json.js'
import type { Report } from '../../src/lint/report/report.js'
import { sarifReport } from '../../src/lint/report/sarif.js'
import { textReport } from '../../src/lint/report/text.js'

const report: Report = {
  files: 2,
  problems: [
    {
      rule: 'dead-link',
      severity: 'error',
      message: '100% gone\nfor good',
      source: { file: 'docs/a, b: c.md', line: 3 },
      fixable: false,
    },
    {
      rule: 'sample-repaired',
      severity: 'warning',
      message: 'Mend it.',
      source: { file: 'docs/ä.md', line: 9 },
      fixable: true,
    },
    {
      rule: 'url-mended',
      severity: 'info',
      message: 'So.',
      source: { file: 'docs/ä.md', line: 12 },
      fixable: false,
    },
  ],
}

void t.test('text', async (t) => {
  t.equal(
    textReport(report, { colour: false }),
    [
      'docs/a, b: c.md:3 error 100% gone for good [dead-link]',
      'docs/ä.md:9 warning Mend it. [sample-repaired]',
      'docs/ä.md:12 info So. [url-mended]',
      '',
      '1 error, 1 warning, 1 info in 2 files',
      '1 problem can be mended with --fix.',
      '',
    ].join('\n'),
  )
  t.match(textReport(report, { colour: true }), '\u001B[31merror\u001B[0m')
  t.equal(
    textReport({ problems: [], files: 1, fixed: 3 }, { colour: false }),
    '0 errors, 0 warnings, 0 info in 1 file\n3 problems mended.\n',
  )
})

void t.test('json', async (t) => {
  t.strictSame(JSON.parse(jsonReport(report)), {
    problems: report.problems,
    counts: { error: 1, warning: 1, info: 1 },
    files: 2,
  })
})

void t.test('annotations of GitHub are escaped', async (t) => {
  t.equal(
    githubReport(report),
    [
      '::error file=docs/a%2C b%3A c.md,line=3,title=dead-link::100%25 gone%0Afor good',
      '::warning file=docs/ä.md,line=9,title=sample-repaired::Mend it.',
      '::notice file=docs/ä.md,line=12,title=url-mended::So.',
      '',
    ].join('\n'),
  )
})

void t.test('SARIF has each rule once, and relative URIs', async (t) => {
  const log = JSON.parse(sarifReport(report, '1.2.3'))
  t.equal(log.version, '2.1.0')
  const [{ tool, results }] = log.runs
  t.strictSame(
    tool.driver.rules.map(({ id }: { id: string }) => id),
    ['dead-link', 'sample-repaired', 'url-mended'],
  )
  for (const rule of tool.driver.rules) t.match(rule.help.text, `docs/rules/${rule.id}.md`)
  t.match(results[0], {
    ruleId: 'dead-link',
    ruleIndex: 0,
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'docs/a%2C%20b%3A%20c.md', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3 },
        },
      },
    ],
  })
  t.strictSame(
    results.map(({ level }: { level: string }) => level),
    ['error', 'warning', 'note'],
  )
})
