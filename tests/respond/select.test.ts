import t from 'tap'
import { operation } from '../../src/operation/build.js'
import type { Example, MediaType, Operation, Response } from '../../src/operation/operation.js'
import type { Pair } from '../../src/respond/pair.js'
import type { Preferences } from '../../src/respond/prefer.js'
import { select } from '../../src/respond/select.js'

const source = { file: 'page.md', line: 1 }
const JSON_TYPE = 'application/json'
const XML = 'application/xml'

const media = (mediaType: string, ...names: string[]): MediaType => ({
  mediaType,
  examples: names.map((name): Example => ({
    name,
    text: `${mediaType} ${name}`,
    mediaType,
    origin: 'documented',
    repairs: [],
    source,
  })),
})
const response = (status: string, ...content: MediaType[]): Response => ({
  status,
  headers: [],
  content,
  source,
})
const shown: Operation = operation({
  operationId: 'o',
  method: 'GET',
  path: '/o',
  parameters: [],
  responses: [
    response('404', media(JSON_TYPE, 'gone')),
    response('200', media(JSON_TYPE, 'cat', 'dog'), media(XML, 'dog', 'cow')),
    response('204'),
    response('5XX', media(JSON_TYPE, 'broken')),
  ],
  source,
})

interface Given {
  preferences?: Preferences
  accept?: string
  pair?: Pair
}

/** `200 application/json cat`, or the problem. */
function chosen({ preferences = {}, accept, pair }: Given, from = shown): string {
  const choice = select(from, { preferences, accept, pair })
  if (!choice) return 'nothing'
  if ('problem' in choice) return `${choice.problem}: ${choice.detail}`
  return [choice.status, choice.content?.mediaType, choice.example?.name].filter(Boolean).join(' ')
}

const pairOf = (status: string, mediaType: string, name: string): Pair => {
  const content = shown.responses.find((one) => one.status === status)?.content
  const example = content
    ?.find((one) => one.mediaType === mediaType)
    ?.examples.find((one) => one.name === name)
  if (!example) throw new Error(name)
  return { status, mediaType, example, reason: 'it fits' }
}

void t.test('status, then example, then media type', async (t) => {
  const cases: [Given, string][] = [
    [{}, '200 application/json cat'],
    [{ preferences: { code: '404' } }, '404 application/json gone'],
    [{ preferences: { code: '503' } }, '503 application/json broken'],
    [{ preferences: { code: '204' } }, '204'],
    [{ preferences: { code: '204' }, accept: 'text/html' }, '204'],
    [
      { preferences: { code: '401' } },
      'unknown-example: The docs have no response 401; it has 404, 200, 204, 5XX',
    ],
    [{ preferences: { example: 'dog' } }, '200 application/json dog'],
    [{ preferences: { example: 'cow' } }, '200 application/xml cow'],
    [{ preferences: { example: 'gone' } }, '404 application/json gone'],
    [{ preferences: { example: 'broken' } }, '500 application/json broken'],
    [{ preferences: { code: '404', example: 'gone' } }, '404 application/json gone'],
    [
      { preferences: { code: '404', example: 'cat' } },
      'unknown-example: The docs of 404 have no example "cat"; it has ' +
        '404/gone, 200/cat, 200/dog, 200/dog, 200/cow, 5XX/broken',
    ],
    [{ preferences: { example: 'dog' }, accept: XML }, '200 application/xml dog'],
    [{ preferences: { example: 'cat' }, accept: XML }, '200 application/xml dog'],
    [{ accept: XML }, '200 application/xml dog'],
    [{ accept: `${XML};q=0.5, ${JSON_TYPE};q=0.1` }, '200 application/xml dog'],
    [{ accept: 'application/*' }, '200 application/json cat'],
    [
      { accept: 'text/html' },
      'not-acceptable: The docs have 200 as application/json, application/xml, not as text/html',
    ],
    [{ pair: pairOf('200', JSON_TYPE, 'dog') }, '200 application/json dog'],
    [{ pair: pairOf('200', JSON_TYPE, 'dog'), accept: XML }, '200 application/xml dog'],
    [{ pair: pairOf('404', JSON_TYPE, 'gone') }, '404 application/json gone'],
    [{ pair: pairOf('200', JSON_TYPE, 'dog'), preferences: { code: '404' } }, '404 application/json gone'],
    [{ pair: pairOf('200', JSON_TYPE, 'dog'), preferences: { example: 'cat' } }, '200 application/json cat'],
    [
      { preferences: { invalid: [{ in: 'query', name: 'code', value: 'x', message: 'must be a status' }] } },
      'bad-preference: The preference code must be a status',
    ],
  ]
  for (const [given, expected] of cases) t.equal(chosen(given), expected)
})

void t.test('an operation without responses has nothing to choose from', async (t) => {
  const bare = { ...shown, responses: [] }
  t.equal(chosen({}, bare), 'nothing')
  t.equal(chosen({ preferences: { example: 'x' } }, bare), 'nothing')
  t.equal(
    chosen({ preferences: { code: '200' } }, bare),
    'unknown-example: The docs have no response 200; it has none',
  )
})
