import { execFileSync } from 'node:child_process'
import t from 'tap'
import { ApiFailure, failureOf, toFailure } from '../../src/ui/api/problem.js'
import { curlOf, draftOf, notSent, requestOf } from '../../src/ui/model/request-draft.js'

const draft = draftOf({
  method: 'POST',
  url: '/pins?a=1',
  headers: { 'X-Key': "it's", Cookie: 'a=b' },
  body: '{"n":14.0}',
  notes: [],
})

void t.test('the documented request in the form, and out of it again', async (t) => {
  t.equal(draft.body, '{\n  "n": 14.0\n}', 'digits are kept')
  t.strictSame(requestOf(draft), {
    method: 'POST',
    headers: [['X-Key', "it's"]],
    body: '{\n  "n": 14.0\n}',
  })
  t.match(notSent(draft), [/set Cookie/])
})

void t.test('a body of GET is left out, and that is said', async (t) => {
  const get = { ...draft, method: 'GET', headers: [{ name: '  ', value: 'x' }] }
  t.strictSame(requestOf(get), { method: 'GET', headers: [] })
  t.match(notSent(get), [/no body with GET/])
})

void t.test('as curl for a shell', { skip: process.platform === 'win32' }, async (t) => {
  const command = curlOf(draft, 'http://localhost:1').replace(/^curl/, 'printf "%s\\n"')
  t.strictSame(execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trimEnd().split('\n'), [
    '-X',
    'POST',
    'http://localhost:1/pins?a=1',
    '-H',
    "X-Key: it's",
    '-H',
    'Cookie: a=b',
    '--data-raw',
    '{',
    '  "n": 14.0',
    '}',
  ])
})

void t.test('failures of the control API in words', async (t) => {
  const problem = failureOf(404, '{"title":"T","detail":"There is no x","code":"unknown","pointer":"/a"}')
  t.match(problem, { status: 404, message: 'There is no x', code: 'unknown', pointer: '/a' })
  t.equal(failureOf(500, '{"title":"T"}').message, 'T')
  t.equal(failureOf(502, '<html>').message, 'The stand-in answered 502')
  t.equal(failureOf(502, 'null').message, 'The stand-in answered 502')
  t.equal(toFailure(problem), problem)
  t.match(toFailure(new Error('x')), { status: 0, message: 'x' })
  t.match(toFailure('y'), { status: 0, message: 'y' })
  t.ok(toFailure(1) instanceof ApiFailure)
})
