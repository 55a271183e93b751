import type { Place } from './place.js'
import type { Random } from './random.js'

/** Names of members, in lower case with words apart, and what numbers they hold. */
const RANGES: readonly [name: RegExp, least: number, most: number, digits: number][] = [
  [/\b(lat|latitude)\b/, -60, 60, 4],
  [/\b(lng|lon|long|longitude)\b/, -170, 170, 4],
  [/\bage\b/, 18, 80, 0],
  [/\byear\b/, 2020, 2024, 0],
  [/\bmonth\b/, 1, 12, 0],
  [/\bday\b/, 1, 28, 0],
  [/\bhour\b/, 0, 23, 0],
  [/\b(minute|second)\b/, 0, 59, 0],
  [/\b(timestamp|epoch|time|at)\b/, 1_704_067_200, 1_735_603_200, 0],
  [/\b(price|amount|total|subtotal|cost|fee|tax|balance|salary|revenue)\b/, 5, 500, 2],
  [/\b(rating|score|stars)\b/, 1, 5, 1],
  [/\b(percent|percentage|progress|discount)\b/, 0, 100, 0],
  [/\b(rate|ratio|probability|confidence)\b/, 0, 1, 2],
  [/\b(port)\b/, 1024, 49_151, 0],
  [/\b(page|offset|index|position|version|level|priority|order)\b/, 1, 5, 0],
  [/\b(limit|per page|page size|size)\b/, 10, 50, 0],
  [/\b(count|quantity|qty|stock|number|num)\b/, 1, 40, 0],
  [/\b(width|height|length|depth)\b/, 10, 200, 0],
  [/\bweight\b/, 1, 90, 1],
  [/\b(temperature|temp)\b/, 5, 30, 1],
  [/\b(status|code)\b/, 200, 200, 0],
  [/\bid\b/, 1, 9999, 0],
]

/** `userId`, `user_id` and `USER-ID` are `user id`. */
export const wordsOf = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase()

export function believableNumber(place: Place, integer: boolean, random: Random): number {
  const name = wordsOf(place.name)
  const [, least, most, digits] = RANGES.find(([pattern]) => pattern.test(name)) ?? [undefined, 1, 100, 2]
  const drawn = least + random.next() * (most - least)
  return integer ? Math.round(drawn) : Number(drawn.toFixed(digits))
}
