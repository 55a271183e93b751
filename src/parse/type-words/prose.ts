/** What the prose of a description says of a value beyond its type. Only what it says outright. */
export interface Facts {
  /** The only values that there are, as written. */
  values?: string[]
  minLength?: number
  maxLength?: number
  /** A regular expression that the text of the value matches. */
  pattern?: string
  /** The value is made of that many digits, so that quotes are left open. */
  digits?: { min: number; max: number }
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
}

const ITEM = `(?:"[^"\\n]{1,60}"|'[^'\\n]{1,60}'|\`[^\`\\n]{1,60}\`|\u201c[^\u201d\\n]{1,60}\u201d|[\\w.+-]{1,40})`
const BETWEEN = `(?:\\s*(?:,\\s*(?:or|and|ou|oder|veya)\\s|,|\\||/|;|\\s(?:or|and|ou|oder|veya|o|y|e)\\s)\\s*)`
const LIST = `\\(?\\[?\\s*(${ITEM}(?:${BETWEEN}${ITEM}){1,60})\\s*\\]?\\)?`
/** A list is the whole of what is said: no word may follow that would make it part of a sentence. */
const END = `(?=\\s*(?:$|[.;)\\n]|\\())`
const LEAD = `(?:one of|either(?: of)?|enum(?:eration)?|(?:allowed|possible|valid|accepted|supported|permitted|available|acceptable) (?:values?|options?|types?)|values? (?:can|may|must|should) be|(?:can|must|should|may) be (?:one of|either(?: of)?)|valores|werte|допустимые значения|取值|可选值)`
const WORDS_BETWEEN = `(?:\\s*(?:are|is|the following|these|following|values?|options?|of|include|includes|:|=|-|\uff1a))*\\s*`
const ENUM = new RegExp(`\\b${LEAD}${WORDS_BETWEEN}${LIST}${END}`, 'iu')
const ENUM_WIDE = new RegExp(`(?:допустимые значения|取值|可选值)${WORDS_BETWEEN}${LIST}`, 'iu')
const MARKED = '(?:`[^`\\n]{1,60}`|"[^"\\n]{1,60}"|\u201c[^\u201d\\n]{1,60}\u201d)'
/** Alternatives in quotes or backticks need no lead, where they are all that is said. */
const MARKED_LIST = new RegExp(
  `(?:^|[:(=]|\\b(?:be|either|is|as|order|values?)\\s)\\s*(${MARKED}(?:${BETWEEN}${MARKED}){1,60})${END}`,
  'iu',
)
/** `1 - by PIN / 2 - by device`, `A: active, I: inactive`. */
const CODED =
  /(?:^|[\s(/,;|])["'`]?(\d{1,4}|[A-Z]{1,4})["'`]?\s*(?:-|\u2013|=|:|=>)\s*(?=\p{L}{2})[^/,;|\n]*/gu
const CONSTANT =
  /\b(?:[Ss]hould|[Mm]ust) (?:always )?be ["'`\u201c]?(\d+(?:\.\d+)?|[A-Z][A-Z0-9_]+|(?<=["'`\u201c])[\w.-]+)["'`\u201d]?(?=\s*(?:$|[.,;)\n]|since\b|because\b|as\b))/u
const FIXED = /\b(?:fixed|constant|always)(?: value)?\s*(?::|=|is)\s*["'`\u201c]?([\w.-]+)["'`\u201d]?\s*$/iu
const EXACT_DIGITS = /\b(\d{1,3})[ -]?digits?\b/i
const MOST_DIGITS = /\b(?:max(?:imum)?(?: of)?|up to|at most)[ :]*(\d{1,3})[ -]?digits?\b/i
const EXACT_LENGTH =
  /\b(?:must|should) be (?:exactly )?(\d{1,5}) (?:characters?|chars?)(?: long| in length)?\b/i
const MOST_LENGTH =
  /\b(?:(?:max(?:imum)?)(?:[ _-]?(?:length|size))?(?: (?:is|of))?|up to|at most|no more than)[ :=]*(\d{1,5})(?: (?:characters?|chars?|symbols)\b|(?=[ )]*$))/i
const LEAST_LENGTH =
  /\b(?:min(?:imum)?(?:[ _-]?length)?(?: (?:is|of))?|at least)[ :=]*(\d{1,5}) (?:characters?|chars?)\b/i
const RANGE = /\bbetween (-?\d+(?:\.\d+)?) and (-?\d+(?:\.\d+)?)\b(?! (?:characters?|chars?|digits?))/i
const ABOVE_ZERO = /\b(?:greater|more|bigger|larger) than (?:0|zero)\b/i
const CONDITIONAL = /\b(?:if|when|unless|in case|for|otherwise)\b/i
/** Sentences that each say what holds in a case of their own: "With mode 1 … . With mode 2 …". */
const CASES =
  /(?:^|[.;\n])\s*(?:with|for|if|when|in)\s[^.;\n]{1,300}[.;\n]\s*(?:with|for|if|when|in|else|otherwise)\s/i

export function factsOf(description: string): Facts {
  const text = description.replaceAll(/\\([_*[\](){}#.-])/g, '$1').slice(0, 2000)
  const facts: Facts = {}
  const values = valuesIn(text)
  if (values !== undefined) facts.values = values
  // What holds in one case only is no fact of every value.
  if (CASES.test(text)) return facts
  const exact = EXACT_DIGITS.exec(text)
  const most = MOST_DIGITS.exec(text)
  if (most) facts.digits = { min: 1, max: Number(most[1]) }
  else if (exact && !/(?:min|least|first|last|or more|check|\bto\b|-)\s*$/i.test(text.slice(0, exact.index)))
    facts.digits = { min: Number(exact[1]), max: Number(exact[1]) }
  const length = EXACT_LENGTH.exec(text)
  if (length) facts.minLength = facts.maxLength = Number(length[1])
  else {
    const longest = MOST_LENGTH.exec(text)
    if (longest && /char|length|symbol/i.test(longest[0])) facts.maxLength = Number(longest[1])
    const least = LEAST_LENGTH.exec(text)
    if (least) facts.minLength = Number(least[1])
  }
  const range = RANGE.exec(text)
  if (range && Number(range[1]) < Number(range[2])) {
    facts.minimum = Number(range[1])
    facts.maximum = Number(range[2])
  } else if (ABOVE_ZERO.test(text) && !CONDITIONAL.test(text)) facts.exclusiveMinimum = 0
  return facts
}

/** Codes of one list look alike: all numbers, or all letters. */
const shape = (code: string): string => (/\d/.test(code) ? 'number' : 'letters')

function valuesIn(text: string): string[] | undefined {
  const match = ENUM.exec(text) ?? ENUM_WIDE.exec(text) ?? MARKED_LIST.exec(text)
  const list = match?.[1]
  // "Either email or phone" names other members as well as it may name values.
  const weak =
    /^(?:either|(?:can|must|should|may) be either)/i.test(match?.[0] ?? '') &&
    /(?:^|[\s,])[a-z]+(?=$|[\s,])/.test(list?.replaceAll(/ (?:or|and) /g, ', ') ?? '')
  if (list !== undefined && !weak) {
    const items = [...list.matchAll(new RegExp(ITEM, 'giu'))].map(([item]) => item)
    const values = items.filter((item) => !/^(?:or|and|ou|oder|veya|the|etc\.?)$/i.test(item)).map(unquote)
    const distinct = [...new Set(values)]
    if (
      distinct.length > 1 &&
      distinct.every((value) => value !== '' && !/^\.+$/.test(value)) &&
      !/\betc\b|\.\.\./.test(list)
    )
      return distinct
  }
  const coded = [...text.matchAll(CODED)].map((match) => match[1] ?? '')
  if (coded.length > 1 && new Set(coded).size === coded.length && new Set(coded.map(shape)).size === 1)
    return coded
  const constant = CONSTANT.exec(text) ?? FIXED.exec(text)
  if (constant?.[1] !== undefined && !CONDITIONAL.test(text)) return [constant[1]]
  return undefined
}

const unquote = (item: string): string =>
  item
    .replaceAll(/^["'`\u201c]|["'`\u201d]$/g, '')
    .trim()
    .replace(/[.,]$/, '')

/**
 * A pattern for a numeric date format such as `yyyyMMdd` or `dd/MM/yyyy HH:mm`; undefined where the
 * text names none, or one with names in it.
 */
export function patternOfDateFormat(text: string): string | undefined {
  const format =
    /(?<![\p{L}\d])(?:y{4}|Y{4}|d{2}|D{2}|M{2})(?:[-/. :T]?(?:y{4}|Y{4}|yy|YY|M{2}|d{2}|D{2}|H{2}|h{2}|m{2}|s{2}|S{3}))+(?![\p{L}\d])/u.exec(
      text,
    )?.[0]
  if (format === undefined || !/y/i.test(format)) return undefined
  let pattern = ''
  for (const [run] of format.matchAll(/([A-SU-Za-z])\1*|[^A-SU-Za-z]/g)) {
    pattern += /^[A-SU-Za-z]/.test(run)
      ? `[0-9]{${run.length}}`
      : run === '.' || run === '/'
        ? `\\${run}`
        : run
  }
  return `^${pattern}$`
}
