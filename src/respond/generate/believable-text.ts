import { wordsOf } from './believable-number.js'
import { dateFor, dateTime } from './dates.js'
import { type Person, personOf } from './people.js'
import type { Place } from './place.js'
import type { Random } from './random.js'

const CITIES = [
  'Accra',
  'Bergen',
  'Bogota',
  'Kyoto',
  'Lisbon',
  'Lyon',
  'Nairobi',
  'Porto',
  'Quito',
  'Riga',
] as const
const COUNTRIES = [
  'Brazil',
  'Estonia',
  'France',
  'Ghana',
  'India',
  'Japan',
  'Kenya',
  'Norway',
  'Portugal',
] as const
const STATES = ['Bavaria', 'California', 'Lagos', 'Normandy', 'Ontario', 'Punjab', 'Tuscany'] as const
const STREETS = [
  'Oak Street',
  'Mill Lane',
  'Harbour Road',
  'Station Street',
  'Park Avenue',
  'Hill Road',
] as const
const COMPANIES = [
  'Northwind Ltd',
  'Blue Harbour',
  'Acme Works',
  'Lumen Labs',
  'Green Valley',
  'Stone & Sons',
] as const
const PRODUCTS = ['Desk Lamp', 'Travel Mug', 'Notebook', 'Rain Jacket', 'Wool Scarf', 'Garden Chair'] as const
const COLORS = ['red', 'green', 'blue', 'amber', 'violet', 'teal'] as const
const WORDS = [
  'alpha',
  'cedar',
  'delta',
  'ember',
  'field',
  'harbor',
  'indigo',
  'juniper',
  'lantern',
  'meadow',
  'north',
  'ocean',
  'pebble',
  'quartz',
  'river',
  'summit',
  'timber',
  'willow',
] as const
const SENTENCES = [
  'Ready for review.',
  'Leave at the front desk.',
  'Works as agreed.',
  'Please call before delivery.',
  'No further action is needed.',
] as const
const HEX = '0123456789abcdef'

type Text = (random: Random, person: Person, words: string) => string

/** Names of members with their words apart, the most telling first, and what text they hold. */
const TEXTS: readonly [name: RegExp, text: Text][] = [
  [/\be ?mail\b/, (_, person) => person.email],
  [/\b(first|given|fore) ?name\b/, (_, person) => person.first],
  [/\b(last|family) ?name\b|\bsurname\b/, (_, person) => person.last],
  [/\b(user ?name|login|handle|nick ?name|screen name)\b/, (_, person) => person.handle],
  [
    /\b(company|organi[sz]ation|employer|vendor|supplier|brand|merchant)( name)?$/,
    (random) => random.pick(COMPANIES),
  ],
  [/\b(product|item|article)( name)?$/, (random) => random.pick(PRODUCTS)],
  [
    /\b(full name|display name|customer name|author|owner|contact|assignee|person)\b/,
    (_, { first, last }) => `${first} ${last}`,
  ],
  [/\b(phone|mobile|telephone|msisdn|fax)\b/, (_, person) => person.phone],
  [/\b(city|town)\b/, (random) => random.pick(CITIES)],
  [/\bcountry code\b/, (random) => random.pick(['BR', 'EE', 'FR', 'GH', 'JP', 'NO', 'PT'])],
  [/\bcountry\b/, (random) => random.pick(COUNTRIES)],
  [/\b(state|province|region)$/, (random) => random.pick(STATES)],
  [/\b(zip|postal|post ?code)\b/, (random) => random.text(5, '123456789')],
  [/\b(street|address|line ?1)\b/, (random) => `${random.integer(1, 120)} ${random.pick(STREETS)}`],
  [/\bcurrency\b/, (random) => random.pick(['EUR', 'USD', 'JPY', 'GBP'])],
  [/\b(locale|language|lang)\b/, (random) => random.pick(['en', 'fr', 'pt', 'ja'])],
  [/\btime ?zone\b/, (random) => random.pick(['Europe/Lisbon', 'Asia/Tokyo', 'Africa/Nairobi'])],
  [/\b(iban)\b/, (random) => `DE${random.text(20, '0123456789')}`],
  [/\b(uuid|guid)\b/, (random) => uuid(random)],
  [
    /\b(avatar|image|photo|picture|thumbnail|icon|logo)\b/,
    (random) => `https://example.com/images/${random.pick(WORDS)}.png`,
  ],
  [/\b(url|uri|href|link|website|homepage)\b/, (random) => `https://example.com/${random.pick(WORDS)}`],
  [/\b(host|domain)\b/, (random) => `${random.pick(WORDS)}.example.com`],
  [/\bip\b/, (random) => `192.0.2.${random.integer(1, 254)}`],
  [/\b(file ?name|file|path)\b/, (random) => `${random.pick(WORDS)}.pdf`],
  [
    /\b(created|updated|modified|deleted|expires|timestamp|date|time)\b|\bat$/,
    (random, _, words) => dateTime(dateFor(words, random)),
  ],
  [/\b(colou?r)\b/, (random) => random.pick(COLORS)],
  [/\b(token|secret|password|hash|digest|checksum|key|signature)\b/, (random) => random.text(32, HEX)],
  [
    /\b(description|comment|message|summary|note|notes|text|body|content|reason|details?|bio)\b/,
    (random) => random.pick(SENTENCES),
  ],
  [/\b(title|subject|headline|label)\b/, (random) => capital(`${random.pick(WORDS)} ${random.pick(WORDS)}`)],
  [/\b(version)\b/, (random) => `${random.integer(1, 4)}.${random.integer(0, 9)}.${random.integer(0, 9)}`],
  [/\b(gender|sex)\b/, (random) => random.pick(['female', 'male'])],
  [/\b(status)\b/, () => 'active'],
  [/\b(slug|tag|tags|category|type|kind|group|role)\b/, (random) => random.pick(WORDS)],
  [/\bid\b|\bids$/, (random) => random.text(8, HEX)],
  [/\b(code|number|no|ref|reference|sku)\b/, (random) => random.text(6, '0123456789')],
  [/^name$/, (_, { first, last }) => `${first} ${last}`],
  [/\bname\b/, (random) => capital(random.pick(WORDS))],
]

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Version 4 (RFC 9562 section 5.4). */
export const uuid = (random: Random): string =>
  `${random.text(8, HEX)}-${random.text(4, HEX)}-4${random.text(3, HEX)}-${random.text(1, '89ab')}${random.text(3, HEX)}-${random.text(12, HEX)}`

/** Members of one object speak of one person. */
export function believableText(place: Place, random: Random, peopleSeed: Random): string {
  const words = wordsOf(place.name)
  const person = personOf(peopleSeed.fork(`${place.parent}#${place.variant}`))
  const text = TEXTS.find(([pattern]) => pattern.test(words))?.[1]
  return text ? text(random, person, words) : random.pick(WORDS)
}
