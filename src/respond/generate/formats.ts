import { believableText, uuid } from './believable-text.js'
import { wordsOf } from './believable-number.js'
import { dateFor, dateOnly, dateTime, timeOnly } from './dates.js'
import { personOf } from './people.js'
import type { Place } from './place.js'
import type { Random } from './random.js'

interface Format {
  /** A believable value. */
  readonly make: (random: Random, words: string) => string
  /** The shortest value there is. */
  readonly shortest: string
  /** A value of that length or a little more; absent where the length is fixed. */
  readonly ofLength?: (length: number) => string
}

const fill = (before: string, length: number, after = ''): string =>
  before + 'a'.repeat(Math.max(1, length - before.length - after.length)) + after
const labels = (length: number): string => {
  let name = 'example.com'
  while (name.length < length)
    name = `${'a'.repeat(Math.min(40, Math.max(1, length - name.length - 1)))}.${name}`
  return name
}
const page = (random: Random): string => `https://example.com/${random.text(6, 'abcdefghijklmnopqrstuvwxyz')}`

/** The formats of JSON Schema 2020-12 validation, section 7.3, and of OpenAPI's registry. */
const FORMATS: Readonly<Record<string, Format>> = {
  date: { make: (random, words) => dateOnly(dateFor(words, random)), shortest: '2024-01-01' },
  time: {
    make: (random, words) => timeOnly(dateFor(words, random)),
    shortest: '00:00:00Z',
    ofLength: (length) => `00:00:00.${'0'.repeat(Math.max(1, length - 10))}Z`,
  },
  'date-time': {
    make: (random, words) => dateTime(dateFor(words, random)),
    shortest: '2024-01-01T00:00:00Z',
    ofLength: (length) => `2024-01-01T00:00:00.${'0'.repeat(Math.max(1, length - 21))}Z`,
  },
  duration: {
    make: (random) => `PT${random.integer(5, 90)}M`,
    shortest: 'P1D',
    ofLength: (length) => `P${'1'.repeat(Math.max(1, length - 2))}D`,
  },
  email: {
    make: (random) => personOf(random).email,
    shortest: 'a@b.c',
    ofLength: (length) => fill('', length, '@example.com'),
  },
  hostname: {
    make: (random) => `${random.text(6, 'abcdefgh')}.example.com`,
    shortest: 'a',
    ofLength: labels,
  },
  ipv4: {
    make: (random) => `192.0.2.${random.integer(1, 254)}`,
    shortest: '0.0.0.0',
    ofLength: () => '192.100.200.254',
  },
  ipv6: {
    make: (random) => `2001:db8::${random.text(4, '123456789abcdef')}`,
    shortest: '::',
    ofLength: (length) => (length > 20 ? '2001:0db8:0000:0000:0000:0000:0000:0001' : '2001:db8:0:0:0:0:0:1'),
  },
  uri: { make: page, shortest: 'a:b', ofLength: (length) => fill('https://example.com/', length) },
  url: { make: page, shortest: 'ftp://a.aa', ofLength: (length) => fill('https://example.com/', length) },
  'uri-reference': {
    make: (random) => new URL(page(random)).pathname,
    shortest: '',
    ofLength: (length) => fill('/', length),
  },
  'uri-template': {
    make: () => 'https://example.com/items/{id}',
    shortest: '',
    ofLength: (length) => fill('/', length),
  },
  uuid: { make: (random) => uuid(random), shortest: '00000000-0000-4000-8000-000000000000' },
  regex: { make: () => '^[a-z]+$', shortest: '', ofLength: (length) => fill('', length) },
  'json-pointer': { make: () => '/items/0', shortest: '', ofLength: (length) => fill('/', length) },
  'json-pointer-uri-fragment': {
    make: () => '#/items/0',
    shortest: '#',
    ofLength: (length) => fill('#/', length),
  },
  'relative-json-pointer': { make: () => '1/items', shortest: '0', ofLength: (length) => fill('0/', length) },
  byte: {
    make: (random) => Buffer.from(random.text(9, 'abcdefghijklmnopqrstuvwxyz')).toString('base64'),
    shortest: '',
    ofLength: (length) => 'QUJD'.repeat(Math.ceil(length / 4)),
  },
}

const ALIASES: Readonly<Record<string, string>> = {
  'iso-time': 'time',
  'iso-date-time': 'date-time',
  'idn-email': 'email',
  'idn-hostname': 'hostname',
  iri: 'uri',
  'iri-reference': 'uri-reference',
  guid: 'uuid',
}

/** Candidates of a format, the most believable first; none where the format is not known. */
export function* formatted(
  format: string,
  place: Place,
  least: number,
  random: Random,
  people: Random,
): Generator<string> {
  const known = FORMATS[ALIASES[format] ?? format]
  if (!known) return
  if (format === 'email' || format === 'idn-email')
    yield personOf(people.fork(`${place.parent}#${place.variant}`)).email
  // A name may say more than the format does: an image's URL, a contact's e-mail.
  else if (format === 'uri' || format === 'url') yield believableText(place, random, people)
  for (let attempt = 0; attempt < 10; attempt++) yield known.make(random, wordsOf(place.name))
  if (known.ofLength) {
    yield known.ofLength(least)
    for (let more = 0; more < 4; more++) yield known.ofLength(known.shortest.length + 1 + more)
  }
  yield known.shortest
}
