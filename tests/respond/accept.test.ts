import * as fc from 'fast-check'
import t from 'tap'
import { negotiate } from '../../src/respond/accept.js'

const json = 'application/json'
const xml = 'application/xml'
const cases: [accept: string | undefined, offered: string[], expected: string | undefined, why: string][] = [
  [undefined, [json, xml], json, 'no header: the first'],
  ['*/*', [xml, json], xml, 'anything: the first'],
  ['', [json], json, 'an empty header asks for nothing'],
  [json, [], undefined, 'nothing offered'],
  [xml, [json, xml], xml, 'exact'],
  ['APPLICATION/XML', [json, xml], xml, 'types are case-insensitive'],
  ['text/html', [json, xml], undefined, 'none fits'],
  ['application/json;q=0.4, application/xml;q=0.8', [json, xml], xml, 'the higher quality'],
  ['application/json, application/xml', [xml, json], json, 'what the client names first breaks ties'],
  ['application/*', ['text/plain', xml, json], xml, 'a range'],
  [
    'application/json, text/plain, */*',
    [xml, json],
    json,
    'what is named goes before what is merely allowed',
  ],
  ['application/json;q=0, */*', [json, xml], xml, 'q=0 rules out'],
  ['*/*;q=0', [json], undefined, 'q=0 for all'],
  ['application/*;q=0.9, application/json;q=0.1', [json, xml], xml, 'the closest range gives the quality'],
  [
    'text/*, text/plain, text/plain;format=flowed',
    ['text/plain', 'text/plain;format=flowed'],
    'text/plain;format=flowed',
    'parameters are closer still',
  ],
  [
    'application/json;version=2',
    ['application/json;version=1', 'application/json; version="2"'],
    'application/json; version="2"',
    'parameters have to match',
  ],
  ['application/json;version=2', [json], json, 'a parameter that is not offered'],
  [
    'application/json',
    ['application/json;version=1'],
    'application/json;version=1',
    'an offer may be more exact',
  ],
  ['application/json; charset=UTF-8', [json], json, 'bodies are UTF-8 anyway'],
  ['application/json; charset=iso-8859-1', [json], undefined, 'another charset is not'],
  ['application/json', ['application/problem+json'], undefined, 'a suffix implies nothing'],
  ['application/*+json', ['application/problem+json'], 'application/problem+json', 'a range of suffixes'],
  ['application/*+json', [json], undefined, 'application/json has no suffix'],
  ['application/hal+json', ['application/*+json'], 'application/*+json', 'an offered range of suffixes'],
  ['image/png', [json, 'image/*'], 'image/*', 'an offered range'],
  ['image/png', ['*/*'], '*/*', 'anything offered'],
  ['json', [json], json, 'malformed: as if absent'],
  ['/, ;q=1', [json], json, 'malformed throughout'],
  ['garbage, application/xml', [json, xml], xml, 'only the readable parts count'],
  ['text/html, image/gif, *; q=.2, */*; q=.2', [json], json, 'the header of old Java clients'],
  ['application/json;q=5', [json], json, 'a quality over 1 is 1'],
  ['application/json;q=high', [json], json, 'an unreadable quality is 1'],
  [
    'text/plain;x="a,b;c";q=0.5, text/html;q=0.4',
    ['text/html', 'text/plain;x="a,b;c"'],
    'text/plain;x="a,b;c"',
    'separators in quotes',
  ],
]

for (const [accept, offered, expected, why] of cases) {
  void t.test(`${why}: ${String(accept)}`, async (t) => {
    const index = negotiate(accept, offered)
    t.equal(index === undefined ? undefined : offered[index], expected)
  })
}

const type = fc.constantFrom(json, xml, 'text/plain', 'application/problem+json', 'image/png')
const range = fc.oneof(type, fc.constantFrom('*/*', 'application/*', 'text/*', 'application/*+json'))

void t.test('never an offer of quality 0, and always one where any has more', async () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(type, { minLength: 1 }),
      fc.array(fc.tuple(type, fc.constantFrom('0', '0.3', '1')), { minLength: 1 }),
      (offered, accepted) => {
        const index = negotiate(accepted.map(([name, q]) => `${name};q=${q}`).join(', '), offered)
        const quality = (name: string): number =>
          Number(accepted.find(([accepted]) => accepted === name)?.[1] ?? 0)
        const best = Math.max(...offered.map(quality))
        return index === undefined ? best === 0 : quality(offered[index] ?? '') === best && best > 0
      },
    ),
    { seed: 7 },
  )
})

void t.test('any text is answered', async () => {
  const texts = fc.oneof(
    fc.string(),
    fc.array(range).map((ranges) => ranges.join(',')),
  )
  fc.assert(
    fc.property(texts, fc.array(range), (accept, offered) => {
      const index = negotiate(accept, offered)
      return index === undefined || offered[index] !== undefined
    }),
    { seed: 7 },
  )
})
