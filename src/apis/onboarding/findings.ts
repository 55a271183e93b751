import type { Finding } from '../../operation/finding.js'

type Row = readonly [line: number, rule: string, severity: Finding['severity'], message: string]

/** What the three pages leave open or say in two ways, and what this stand-in does about it. */
const pages: Readonly<Record<string, readonly Row[]>> = {
  'reset-pin-api.md': [
    [
      50,
      'placeholder-response',
      'warning',
      'The 401 shows only a placeholder. Its body is undocumented: the stand-in answers in the documented envelope and says so; ask the provider for a real reply.',
    ],
    [
      7,
      'parameter-type-missing',
      'warning',
      'No parameter has a type. The types are those of the samples; have them added to the page.',
    ],
    [
      7,
      'path-in-base-url',
      'info',
      'The address starts with <domain> and the path is empty. The path served is what follows <domain>.',
    ],
    [
      22,
      'constraint-elsewhere',
      'info',
      'The form of a PIN is left to the Login page, where it has 4 digits. The same is asked for here.',
    ],
    [
      71,
      'curl-not-runnable',
      'warning',
      'The curl breaks across lines without a backslash at their ends and has \\--header at the start of lines. Paste it with the line breaks mended.',
    ],
    [
      73,
      'curl-media-type',
      'warning',
      'The curl sends JSON as text/plain. Both that and application/json are accepted.',
    ],
    [
      75,
      'curl-header-undocumented',
      'info',
      'The curl sends a Cookie that the page does not list. It is ignored.',
    ],
  ],
  'login-api.md': [
    [
      69,
      'placeholder-response',
      'warning',
      'The 401 shows only a placeholder. Its body is undocumented: the stand-in answers in the documented envelope and says so; ask the provider for a real reply.',
    ],
    [
      9,
      'parameter-type-missing',
      'warning',
      'No parameter has a type. The types are those of the samples; have them added to the page.',
    ],
    [
      9,
      'path-in-base-url',
      'info',
      'The address starts with <domain> and the path is empty. The path served is what follows <domain>.',
    ],
    [
      93,
      'curl-not-runnable',
      'warning',
      'The curl breaks across lines without a backslash at their ends and has \\--header at the start of lines. Paste it with the line breaks mended.',
    ],
    [
      93,
      'curl-media-type',
      'warning',
      'The curl names no Content-Type, so curl sends the JSON as application/x-www-form-urlencoded. It is read as JSON all the same; a real server may not, so name application/json.',
    ],
  ],
  'get-token-api.md': [
    [
      86,
      'placeholder-response',
      'warning',
      'The 401 shows only a placeholder. Its body is undocumented: the stand-in answers in the documented envelope and says so; ask the provider for a real reply.',
    ],
    [
      109,
      'curl-other-method',
      'warning',
      'The block says GET, the curl POST. Both are served; ask the provider which one holds.',
    ],
    [
      109,
      'curl-other-path',
      'warning',
      'The path of the block has v2 in it, that of the curl has not. Both are served; ask the provider which one holds.',
    ],
    [
      9,
      'get-with-body',
      'warning',
      'The block has a body on GET, which browsers do not send and RFC 9110 section 9.3.1 gives no meaning to. Use POST.',
    ],
    [
      156,
      'example-conflict',
      'warning',
      'resCode is "TOK200" in the tab and 100 in the block. Either is taken for documented; the one of the block is sent.',
    ],
    [
      68,
      'sample-repaired',
      'warning',
      'The samples are not JSON: typographic quotes, a key without quotes, missing commas. They were mended.',
    ],
    [
      114,
      'sample-unreadable',
      'error',
      'The body of the curl is not JSON: a line of it is no member, and sdkPublicKey, which is required, is not there. It is not used as an example.',
    ],
    [
      113,
      'sample-member-undocumented',
      'info',
      'The curl writes firstName where the table has firstname. The name of the table is used; the other is allowed as an undocumented member.',
    ],
    [
      122,
      'sample-contradicts-type',
      'warning',
      'The curl writes the date of birth as ddMMyyyy where the table has yyyyMMdd. Only that it is a number is checked.',
    ],
    [
      139,
      'sample-contradicts-type',
      'warning',
      'isdCode and mobileNumber are strings in the table and numbers in the samples. Either is accepted.',
    ],
    [
      62,
      'curl-media-type',
      'warning',
      'Content-Type has to be text/plain, though the body is JSON. application/json is accepted as well.',
    ],
    [
      129,
      'undocumented-encryption',
      'warning',
      'The page says that the real bodies are encrypted strings, not how. The stand-in speaks plain JSON.',
    ],
  ],
}

export const findings: Finding[] = Object.entries(pages).flatMap(([name, rows]) =>
  rows.map(([line, rule, severity, message]) => ({
    rule,
    severity,
    message,
    source: { file: `fixtures/onboarding/${name}`, line },
  })),
)
