export interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
}
export interface Case {
  readonly name: string
  /** Empty for what passed. */
  readonly failures: readonly string[]
}

/** A report in the form that CI services read, as Ant's JUnit task first wrote it. */
export function junit(suites: readonly Suite[]): string {
  const lines = suites.flatMap(({ name, cases }) => {
    const failed = cases.filter(({ failures }) => failures.length > 0).length
    return [
      `  <testsuite name="${escape(name)}" tests="${cases.length}" failures="${failed}" errors="0">`,
      ...cases.flatMap((one) => caseLines(name, one)),
      '  </testsuite>',
    ]
  })
  return `${['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...lines, '</testsuites>'].join('\n')}\n`
}

function caseLines(suite: string, { name, failures }: Case): string[] {
  const start = `    <testcase classname="${escape(suite)}" name="${escape(name)}"`
  const [first] = failures
  if (first === undefined) return [`${start}/>`]
  return [
    `${start}>`,
    `      <failure message="${escape(first)}">${escape(failures.join('\n'))}</failure>`,
    '    </testcase>',
  ]
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Signs that XML 1.0 (section 2.2) has no way to write are left out. */
const escape = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
    .replaceAll('\n', '&#10;')
