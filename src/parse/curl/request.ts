import type { Finding } from '../../operation/finding.js'
import type { Locator } from '../locator.js'
import type { TextEdit } from '../text-edit.js'
import type { CurlCommand, Mend } from './command.js'
import { type Meaning, optionsOf, takesArgument } from './options.js'
import type { Fault, Word } from './words.js'

interface Datum {
  text: string
  offset: number
}

/** Puts the words of a command together to the request that curl would send. */
export class RequestBuilder {
  readonly #text: string
  readonly #locator: Locator
  readonly #offset: number
  readonly #headers: CurlCommand['headers'] = []
  readonly #findings: Finding[] = []
  readonly #mends: Mend[] = []
  readonly #data: Datum[] = []
  readonly #form: Datum[] = []
  readonly #urls: Word[] = []
  #method: string | undefined
  #get = false
  #head = false
  #upload = false

  constructor(text: string, locator: Locator, offset: number) {
    this.#text = text
    this.#locator = locator
    this.#offset = offset
  }

  readWords(words: readonly Word[]): void {
    for (let at = 0; at < words.length; at++) {
      const word = words[at]
      if (word === undefined) return
      const options =
        word.quoted && /\s/.test(word.text) && !/^--?\w+['"]?/.test(word.text)
          ? undefined
          : optionsOf(word.text)
      if (options === undefined) {
        this.#urls.push(word)
        continue
      }
      if (/^[\u2013\u2014]/.test(word.text))
        this.#fault(word.offset, 'a typographic dash begins the option', this.#plainDash(word.offset))
      for (const { meaning, glued } of options) {
        if (!takesArgument(meaning)) this.#apply(meaning, { text: '', offset: word.offset, quoted: false })
        else if (glued !== undefined) this.#apply(meaning, { ...word, text: glued })
        else {
          const argument = words[++at]
          if (argument === undefined) this.#fault(word.offset, `the option ${word.text} has no argument`)
          else this.#apply(meaning, argument)
        }
      }
    }
  }

  build(faults: readonly Fault[]): CurlCommand {
    for (const { offset, message, harmless, edits } of faults) {
      if (!harmless) this.#fault(offset, message, edits)
      else
        this.#find(
          'curl-escaped-option',
          'info',
          `The curl command is not written as it is meant: ${message}.`,
          offset,
          edits,
        )
    }
    const body = this.#form.length > 0 ? this.#form : this.#data
    const first = body[0]
    const hasBody = first !== undefined && !this.#get
    return {
      method: this.#method ?? (this.#head ? 'HEAD' : this.#upload ? 'PUT' : hasBody ? 'POST' : 'GET'),
      url: this.#url(),
      headers: this.#headers,
      ...(hasBody && {
        body: {
          text: body.map(({ text }) => text).join(this.#form.length > 0 ? '\n' : '&'),
          source: this.#locator.locate(first.offset),
        },
      }),
      ...(this.#form.length > 0 && { multipart: true as const }),
      findings: this.#findings.toSorted((a, b) => a.source.line - b.source.line),
      mends: this.#mends,
      source: this.#locator.locate(this.#offset),
    }
  }

  #apply(meaning: Meaning, argument: Word): void {
    const { text, offset } = argument
    if (meaning === 'method') this.#method = text.trim().toUpperCase()
    else if (meaning === 'header') this.#header(argument)
    else if (meaning === 'data') this.#data.push({ text, offset })
    else if (meaning === 'data-urlencode') this.#data.push({ text: encodeDatum(text), offset })
    else if (meaning === 'json') {
      this.#data.push({ text, offset })
      this.#put('Content-Type', 'application/json', offset)
      this.#put('Accept', 'application/json', offset)
    } else if (meaning === 'form') this.#form.push({ text, offset })
    else if (meaning === 'user')
      this.#put('Authorization', `Basic ${Buffer.from(text, 'utf8').toString('base64')}`, offset)
    else if (meaning === 'bearer') this.#put('Authorization', `Bearer ${text}`, offset)
    else if (meaning === 'cookie') this.#put('Cookie', text, offset)
    else if (meaning === 'user-agent') this.#put('User-Agent', text, offset)
    else if (meaning === 'referer') this.#put('Referer', text, offset)
    else if (meaning === 'upload') this.#upload = true
    else if (meaning === 'url') this.#urls.unshift(argument)
    else if (meaning === 'get') this.#get = true
    else if (meaning === 'head') this.#head = true
  }

  #header({ text, offset }: Word): void {
    const match = /^\s*([^\s:;=]+)(\s*)(?::(\s*)([\s\S]*)|;)\s*$/.exec(text)
    if (!match) {
      const message = `"${text.trim()}" is no header: write it as "Name: value".`
      this.#find('curl-header-malformed', 'warning', message, offset)
      return
    }
    const [, name = '', before = '', after = ' ', value = ''] = match
    if ((after === '' && value !== '') || before !== '') {
      const shown = value.length > 40 ? '…' : value
      const message = `Write the header as "${name}: ${shown}", with one space after the colon and none before it.`
      this.#find('curl-header-no-space', 'info', message, offset, this.#spaced(name, offset))
    }
    this.#put(name, value.trim(), offset)
  }

  /** A space behind the colon and none before it, where the word is written as it is read. */
  #spaced(name: string, offset: number): TextEdit[] {
    const written = this.#text.slice(offset, offset + name.length + 100)
    const lead = /^(?:["']|-H["']?)?[ \t]*/.exec(written)?.[0] ?? ''
    if (!written.startsWith(name, lead.length)) return []
    const colon = /^[ \t]*:[ \t]*/.exec(written.slice(lead.length + name.length))?.[0]
    const start = offset + lead.length + name.length
    return colon === undefined ? [] : [{ start, end: start + colon.length, text: ': ' }]
  }

  #plainDash(offset: number): TextEdit[] {
    const start = this.#text[offset] === '\\' ? offset + 1 : offset
    const [dashes, name = ''] =
      /^[-\u2013\u2014]+([A-Za-z-]*)/.exec(this.#text.slice(start, start + 100)) ?? []
    if (dashes === undefined) return []
    return [{ start, end: start + dashes.length - name.length, text: name.length > 1 ? '--' : '-' }]
  }

  #put(name: string, value: string, offset: number): void {
    this.#headers.push({ name, value, source: this.#locator.locate(offset) })
  }

  /** Of the words that are no options the first that looks like a URL, else the first. */
  #url(): string {
    const word =
      this.#urls.find(({ text }) => text.includes('://')) ??
      this.#urls.find(({ text }) => /[./]/.test(text)) ??
      this.#urls[0]
    if (word === undefined || word.text.trim() === '') {
      this.#fault(this.#offset, 'it names no URL')
      return ''
    }
    const url = word.text.trim()
    if (/\s/.test(url)) this.#fault(word.offset, 'the URL has a space in it')
    const operator = word.quoted ? undefined : /[&|;<>()]/.exec(url)?.[0]
    if (operator !== undefined)
      this.#fault(
        word.offset,
        `the shell takes "${operator}" in the URL for an operator; put the URL into quotes`,
      )
    if (!this.#get || this.#data.length === 0) return url
    const query = this.#data.map(({ text }) => text).join('&')
    return `${url}${url.includes('?') ? '&' : '?'}${query}`
  }

  #fault(offset: number, message: string, edits?: readonly TextEdit[]): void {
    this.#find(
      'curl-not-runnable',
      'warning',
      `The curl command does not run as printed: ${message}.`,
      offset,
      edits,
    )
  }

  #find(
    rule: string,
    severity: Finding['severity'],
    message: string,
    offset: number,
    edits: readonly TextEdit[] = [],
  ): void {
    const source = this.#locator.locate(offset)
    if (edits.length > 0) this.#mends.push({ rule, line: source.line, edits: [...edits] })
    const known = this.#findings.some((one) => one.message === message && one.source.line === source.line)
    if (!known) this.#findings.push({ rule, severity, message, source })
  }
}

/** `--data-urlencode`: `name=content`, `=content` or `content`. */
function encodeDatum(text: string): string {
  const equals = text.indexOf('=')
  if (equals === -1) return encodeURIComponent(text)
  const name = text.slice(0, equals)
  return `${name}${name === '' ? '' : '='}${encodeURIComponent(text.slice(equals + 1))}`
}
