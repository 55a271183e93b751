import { http } from './http.js'

/**
 * A fetch whose calls to the stand-in are in a session. A path is resolved against the stand-in's URL;
 * headers that the call sets itself go before those of the session.
 */
export function sessionFetch(url: string, headers: Readonly<Record<string, string>>): typeof fetch {
  const { origin } = new URL(url)
  return (input, init) => {
    const asked = input instanceof Request ? input : new URL(input, url)
    const target = asked instanceof URL ? asked : new URL(asked.url)
    if (target.origin !== origin) return http(input, init)
    const merged = new Headers(init?.headers ?? (asked instanceof Request ? asked.headers : undefined))
    for (const [name, value] of Object.entries(headers)) {
      if (!merged.has(name)) merged.set(name, value)
    }
    return http(asked, { ...init, headers: merged })
  }
}
