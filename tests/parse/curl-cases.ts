interface Expected {
  method?: string
  url?: string
  headers?: Record<string, string>
  body?: string
  /** Rule and line of each finding. */
  findings?: [string, number][]
}

export const CASES: [title: string, text: string, expected: Expected][] = [
  ['a plain GET', 'curl https://x.test/a', { method: 'GET', url: 'https://x.test/a', findings: [] }],
  [
    'a POST over lines',
    "curl -X POST 'https://x.test/a' \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"a\": \"it is\"}'",
    {
      method: 'POST',
      url: 'https://x.test/a',
      headers: { 'Content-Type': 'application/json' },
      body: '{"a": "it is"}',
      findings: [],
    },
  ],
  [
    'the long options',
    'curl --location --request put --url "https://x.test/a" --header "A: b" --data-raw "x=1"',
    { method: 'PUT', url: 'https://x.test/a', headers: { A: 'b' }, body: 'x=1', findings: [] },
  ],
  [
    'glued options',
    "curl -sXDELETE https://x.test/a -H'A: b' -dx=1",
    { method: 'DELETE', headers: { A: 'b' }, body: 'x=1', findings: [] },
  ],
  ['an equals sign', 'curl --request=PATCH https://x.test', { method: 'PATCH', findings: [] }],
  [
    'data makes it a POST',
    'curl https://x.test -d a=1 -d b=2',
    { method: 'POST', body: 'a=1&b=2', findings: [] },
  ],
  [
    '-G puts data into the query',
    "curl -G https://x.test/a?z=0 --data-urlencode 'q=a b&c' -d n=1",
    { method: 'GET', url: 'https://x.test/a?z=0&q=a%20b%26c&n=1', findings: [] },
  ],
  ['-I and -T', 'curl -I https://x.test', { method: 'HEAD', findings: [] }],
  [
    'an upload',
    'curl -T file.bin https://x.test/f',
    { method: 'PUT', url: 'https://x.test/f', findings: [] },
  ],
  [
    '--json',
    `curl --json '{"a":1}' https://x.test`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: '{"a":1}',
    },
  ],
  [
    'credentials and the like',
    "curl -u me:pw -b 'c=1' -A bot -e http://r.test https://x.test",
    {
      headers: {
        Authorization: 'Basic bWU6cHc=',
        Cookie: 'c=1',
        'User-Agent': 'bot',
        Referer: 'http://r.test',
      },
    },
  ],
  [
    'parts of a form',
    'curl -F "file=@a.png" -F name=x https://x.test',
    { method: 'POST', body: 'file=@a.png\nname=x' },
  ],
  [
    'options that say nothing of the request',
    'curl -s -o out.json -w "%{http_code}" --max-time 5 --compressed https://x.test',
    { method: 'GET', url: 'https://x.test', headers: {}, findings: [] },
  ],
  [
    'what follows a pipe',
    'curl https://x.test | jq -d "."',
    { method: 'GET', url: 'https://x.test', findings: [] },
  ],
  [
    'variables as written',
    'curl "$HOST/a" -H "Authorization: Bearer {{token}}"',
    { url: '$HOST/a', headers: { Authorization: 'Bearer {{token}}' }, findings: [] },
  ],
  ['a prompt', '$ curl https://x.test/a\n{"reply": true}', { url: 'https://x.test/a', findings: [] }],
  ['quotes in the POSIX way', `curl https://x.test -d 'it'\\''s'`, { body: "it's", findings: [] }],
  ['ANSI quotes', `curl https://x.test -d $'it\\'s'`, { body: "it's", findings: [] }],
  [
    'lines that are not continued',
    "curl 'https://x.test'\n-H 'A: b'\n\n--header 'C: d'",
    {
      headers: { A: 'b', C: 'd' },
      findings: [
        ['curl-not-runnable', 6],
        ['curl-not-runnable', 8],
      ],
    },
  ],
  [
    'a space after the backslash',
    "curl https://x.test \\ \n-H 'A: b'",
    { headers: { A: 'b' }, findings: [['curl-not-runnable', 5]] },
  ],
  [
    'Windows continuation',
    'curl https://x.test ^\n-H "A: b"',
    { headers: { A: 'b' }, findings: [['curl-not-runnable', 5]] },
  ],
  [
    'an escaped option',
    "curl https://x.test \\\n\\--header 'A: b'",
    { headers: { A: 'b' }, findings: [['curl-escaped-option', 6]] },
  ],
  [
    'a typographic dash',
    "curl \u2013\u2013header 'A: b' https://x.test \u2014data x",
    { headers: { A: 'b' }, body: 'x', findings: [['curl-not-runnable', 5]] },
  ],
  [
    'typographic quotes',
    'curl https://x.test -H \u201cA: b\u201d -H \u2018C: d\u2019',
    { headers: { A: 'b', C: 'd' }, findings: [['curl-not-runnable', 5]] },
  ],
  [
    'a header without a space',
    "curl https://x.test -H 'A:b' -H 'C : d'",
    {
      headers: { A: 'b', C: 'd' },
      findings: [
        ['curl-header-no-space', 5],
        ['curl-header-no-space', 5],
      ],
    },
  ],
  [
    'a header that is none',
    "curl https://x.test -H '<token>'",
    { headers: {}, findings: [['curl-header-malformed', 5]] },
  ],
  [
    'no space after an option',
    `curl https://x.test --data-raw'{"a":1}'`,
    { body: '{"a":1}', findings: [['curl-not-runnable', 5]] },
  ],
  [
    'a quote that is not closed',
    "curl 'https://x.test\n--header 'A: b'",
    {
      url: 'https://x.test',
      headers: { A: 'b' },
      findings: [
        ['curl-not-runnable', 5],
        ['curl-not-runnable', 6],
      ],
    },
  ],
  [
    'a body that is not closed',
    `curl https://x.test -d '{"a": 1}`,
    { body: '{"a": 1}', findings: [['curl-not-runnable', 5]] },
  ],
  [
    'an apostrophe in the body',
    `curl https://x.test -d '{"a": "it's"}'`,
    { body: `{"a": "it's"}`, findings: [['curl-not-runnable', 5]] },
  ],
  [
    'double quotes inside double quotes',
    'curl https://x.test -d "{"a": "b", "c": 1}"',
    { body: '{"a": "b", "c": 1}', findings: [['curl-not-runnable', 5]] },
  ],
  [
    'escaped double quotes',
    'curl https://x.test -d "{\\"a\\": \\"b\\"}"',
    { body: '{"a": "b"}', findings: [] },
  ],
  [
    'a space in the URL',
    "curl 'https:// x.test/a'",
    { url: 'https:// x.test/a', findings: [['curl-not-runnable', 5]] },
  ],
  [
    'a query without quotes',
    'curl https://x.test/a?b=1&c=2',
    { url: 'https://x.test/a?b=1&c=2', findings: [['curl-not-runnable', 5]] },
  ],
  ['no URL', "curl -X GET ''", { url: '', findings: [['curl-not-runnable', 5]] }],
  ['invisible characters', "\u200bcurl\u00a0'https://x.test'", { url: 'https://x.test', findings: [] }],
]
