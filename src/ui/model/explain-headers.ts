/** A header of Standin's own, in words. */
export interface Explained {
  readonly name: string
  readonly value: string
  readonly meaning: string
  /** `file:line` of what the docs say. */
  readonly source: string | undefined
}

const ORIGINS: Readonly<Record<string, string>> = {
  documented: 'as the docs print it',
  repaired: 'mended, since the sample in the docs is not strict JSON',
  text: 'the text of the docs as it stands',
  generated: 'made from the schema, since the docs show none',
  edited: 'as it was changed in the store',
}

const NOTES: Readonly<Record<string, string>> = {
  'undocumented-body': 'the docs list the status, but not its body',
  'deprecated-parameter': 'the request uses parameters that the docs call deprecated',
  'own-reply': 'the docs list no such reply; it is Standin’s own',
  'repaired-example': 'the sample in the docs was mended',
  'edited-example': 'the example was changed in the store',
  'generated-body': 'the body was made from the schema',
  override: 'somebody set this reply from outside',
  'breaks-schema': 'sent as the docs print it, but it is not what their schema asks for',
}

/** The headers that begin with `standin-`, in order, with what they mean; docs/headers.md is the reference. */
export function explainHeaders(headers: Iterable<readonly [string, string]>): Explained[] {
  return [...headers].flatMap(([name, value]) => {
    const known = name.toLowerCase()
    if (!known.startsWith('standin-')) return []
    return [{ name: known, value: decode(value), ...explain(known, decode(value)) }]
  })
}

function explain(name: string, value: string): Pick<Explained, 'meaning' | 'source'> {
  if (name === 'standin-example') {
    const [example = '', origin = '', source] = value.split('; ')
    return { meaning: `Example ${example}: ${ORIGINS[origin] ?? origin}.`, source }
  }
  if (name === 'standin-note') {
    const words = [...value.matchAll(/(?:^|, )([a-z][a-z-]*)(?=;|,|$)/g)].map(([, word = '']) => word)
    const said = words.map((word) => NOTES[word] ?? word)
    const reasons = [...value.matchAll(/"([^"]*)"/g)].map(([, reason = '']) => reason)
    return {
      meaning: sentence([...said, ...reasons].join('; ')),
      source: /\(([^()\s]+:\d+)\)/.exec(value)?.[1],
    }
  }
  if (name === 'standin-reason') return { meaning: sentence(value), source: undefined }
  if (name === 'standin-violations') {
    return { meaning: `The request breaks the docs: ${value}`, source: undefined }
  }
  return { meaning: value, source: undefined }
}

const sentence = (text: string): string => {
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}

/** Texts in headers are percent-encoded where they are not ASCII. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
