/** What an option of curl means for the request (https://curl.se/docs/manpage.html). */
export type Meaning =
  | 'method'
  | 'header'
  | 'data'
  | 'data-urlencode'
  | 'json'
  | 'form'
  | 'user'
  | 'bearer'
  | 'cookie'
  | 'user-agent'
  | 'referer'
  | 'upload'
  | 'url'
  | 'get'
  | 'head'
  /** Takes an argument that says nothing of the request. */
  | 'skip'
  /** Takes no argument and says nothing of the request. */
  | 'flag'

const SHORT: Record<string, Meaning> = {
  X: 'method',
  H: 'header',
  d: 'data',
  F: 'form',
  u: 'user',
  b: 'cookie',
  A: 'user-agent',
  e: 'referer',

  T: 'upload',
  G: 'get',
  I: 'head',
  ...Object.fromEntries('cCDEhKmoPQrtUwxyYz'.split('').map((letter) => [letter, 'skip' as const])),
}

const LONG: Record<string, Meaning> = {
  request: 'method',
  header: 'header',
  headers: 'header',
  url: 'url',
  get: 'get',
  head: 'head',
  json: 'json',

  data: 'data',
  'data-raw': 'data',
  'data-binary': 'data',
  'data-ascii': 'data',
  'data-urlencode': 'data-urlencode',

  form: 'form',
  'form-string': 'form',
  user: 'user',
  'oauth2-bearer': 'bearer',
  cookie: 'cookie',
  'user-agent': 'user-agent',
  referer: 'referer',
  'upload-file': 'upload',
  'url-query': 'data-urlencode',

  ...Object.fromEntries(
    `cacert capath cert cert-type ciphers config connect-timeout connect-to cookie-jar dump-header interface key key-type limit-rate
    max-filesize max-redirs max-time netrc-file noproxy output pass pinnedpubkey proto proxy proxy-header proxy-user range request-target
    resolve retry retry-delay retry-max-time socks5 speed-limit speed-time time-cond tls-max trace unix-socket write-out`
      .split(/\s+/)
      .map((name) => [name, 'skip' as const]),
  ),
}

export interface Option {
  meaning: Meaning
  /** An argument that is glued to the option: `-XPOST`, `--request=POST`. */
  glued?: string
}

export const takesArgument = (meaning: Meaning): boolean =>
  meaning !== 'get' && meaning !== 'head' && meaning !== 'flag'

/** The options that a word stands for, dashes possibly typographic; undefined where it is none. */
export function optionsOf(word: string): Option[] | undefined {
  const plain = word.replace(/^[\u2013\u2014]+-?(?=[A-Za-z])/, (dashes) =>
    dashes === '\u2013' && word.length <= 2 ? '-' : '--',
  )
  if (plain.startsWith('--')) {
    const [name, glued] = splitOnce(plain.slice(2))
    if (!/^[a-z]/i.test(name)) return undefined
    const known = Object.hasOwn(LONG, name.toLowerCase()) ? LONG[name.toLowerCase()] : undefined
    return [{ meaning: known ?? 'flag', ...(glued !== undefined && { glued }) }]
  }
  if (!/^-[A-Za-z#0-9:]/.test(plain)) return undefined
  const options: Option[] = []
  for (let at = 1; at < plain.length; at++) {
    const letter = plain[at] ?? ''
    const meaning = Object.hasOwn(SHORT, letter) ? (SHORT[letter] ?? 'flag') : 'flag'
    if (!takesArgument(meaning)) options.push({ meaning })
    else {
      const glued = plain.slice(at + 1)
      options.push({ meaning, ...(glued !== '' && { glued }) })
      break
    }
  }
  return options
}

function splitOnce(text: string): [string, string?] {
  const at = text.indexOf('=')
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
