import { errors } from '../../errors.js'

/** The server that requests are passed on to. */
export interface Upstream {
  /** `https://api.example.com`, without a slash at the end. */
  readonly origin: string
  /** Stands before every path; empty, or begins with a slash and does not end in one. */
  readonly basePath: string
  /** Both, as people know it. */
  readonly url: string
}

/** @throws STANDIN_ERR_UPSTREAM where the text is no address of a server */
export function parseUpstream(text: string): Upstream {
  const wrong = (reason: string) => new errors.STANDIN_ERR_UPSTREAM(text, reason)
  if (!URL.canParse(text)) throw wrong('It is no URL. Give one such as http://localhost:3000.')
  const { protocol, origin, pathname, search, hash, username, password } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:')
    throw wrong('It does not begin with http:// or https://. Give one such as http://localhost:3000.')
  if (search !== '' || hash !== '')
    throw wrong('It has a query or a fragment, which requests have of their own.')
  if (username !== '' || password !== '')
    throw wrong('It holds credentials. Leave them out: those of each request are passed on.')
  const basePath = pathname.replace(/\/+$/, '')
  return { origin, basePath, url: origin + basePath }
}
