import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { entryCurl } from '../../../src/steer/journal/curl.js'
import { harOf } from '../../../src/steer/journal/har.js'
import { Teller } from '../../../src/steer/journal/tell.js'
import { call, type CallOptions, description } from './helper.js'
import { HarSchema } from './har-schema.js'

const ORIGIN = 'http://127.0.0.1:4321'
const teller = new Teller(description, [])
const entry = (options: CallOptions) => teller.entry(call(options))

const nasty = `{"say":"it's \\"$HOME\\" \`id\` \\n!"}`

const calls: CallOptions[] = [
  {
    operationId: 'getCup',
    url: '/cups/7?a=1&a=2&b=%20x',
    headers: { host: 'api.example:80' },
    more: { ended: 12 },
  },
  {
    method: 'PUT',
    body: nasty,
    headers: { 'content-type': 'application/json', 'content-length': '9', 'x-a': "it's", 'x-empty': '' },
  },
  { method: 'PUT', body: Uint8Array.from([0xff]), reply: { body: undefined, status: 204, headers: {} } },
  { more: { planned: { overrideId: 'o', reason: '', step: {}, delay: 0, fault: 'empty-reply' } } as never },
  { reply: { status: 302, headers: { location: '/b' }, body: '' } },
]

void t.test('an HTTP archive holds to its specification', async (t) => {
  const har = harOf(calls.map(entry), ORIGIN)
  t.strictSame([...Value.Errors(HarSchema, har)], [])
  const [first, second, third, fourth, fifth] = JSON.parse(JSON.stringify(har)).log.entries
  t.match(first.request, {
    url: 'http://api.example:80/cups/7?a=1&a=2&b=%20x',
    queryString: [
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
      { name: 'b', value: ' x' },
    ],
  })
  t.match(first.response, {
    status: 200,
    statusText: 'OK',
    content: { size: 10, mimeType: 'application/json', text: '{"id":"7"}' },
  })
  t.match(first, { time: 2, timings: { wait: 2 }, _standin: { operationId: 'getCup' } })
  t.match(second.request, {
    url: `${ORIGIN}/cups/7`,
    postData: { mimeType: 'application/json', text: nasty },
    bodySize: 33,
  })
  t.strictSame([third.request.postData, third.request.bodySize], [undefined, 1])
  t.match(fourth.response, { status: 0, statusText: '' })
  t.equal(fifth.response.redirectURL, '/b')
})

/** What a shell hands to curl. */
function wordsOf(folder: string, command: string): string[] {
  const fake = join(folder, 'curl')
  writeFileSync(fake, '#!/bin/sh\nfor word; do printf "%s\\0" "$word"; done\n')
  chmodSync(fake, 0o755)
  const text = execFileSync('/bin/sh', ['-c', command], {
    env: { PATH: `${folder}:/usr/bin:/bin`, HOME: '/home' },
  })
  return text.toString().split('\0').slice(0, -1)
}

void t.test(
  'a shell reads from a curl command what was sent',
  { skip: process.platform === 'win32' },
  async (t) => {
    const folder = t.testdir({})
    const words = (options: CallOptions) => wordsOf(folder, entryCurl(entry(options), ORIGIN))
    t.strictSame(words(calls[0] ?? {}), ['-i', '-X', 'GET', 'http://api.example:80/cups/7?a=1&a=2&b=%20x'])
    t.strictSame(words(calls[1] ?? {}), [
      '-i',
      '-X',
      'PUT',
      `${ORIGIN}/cups/7`,
      '-H',
      'content-type: application/json',
      '-H',
      "x-a: it's",
      '-H',
      'x-empty;',
      '--data-raw',
      nasty,
    ])
    t.strictSame(
      words({
        method: 'POST',
        url: '/x?pin=1111',
        headers: { authorization: 'Basic abc' },
        body: 'pin=1111',
      }),
      [
        '-i',
        '-X',
        'POST',
        `${ORIGIN}/x?pin=[redacted]`,
        '-H',
        'authorization: [redacted]',
        '-H',
        'Content-Type:',
        '--data-raw',
        'pin=[redacted]',
      ],
    )
  },
)
