import type { TestSession } from './session.js'

interface Routed {
  request(): { headers(): Record<string, string> }
  fallback(options: { headers: Record<string, string> }): Promise<void>
}

/** What is needed of a `BrowserContext` or a `Page` of Playwright. */
export interface RoutingContext {
  route(matches: (url: URL) => boolean, handle: (route: Routed) => Promise<void>): Promise<unknown>
}

/**
 * Puts all that a browser context (or a page) asks of the stand-in into a session; what it asks of others
 * stays as it is. Playwright then answers CORS preflights itself: where those are to be tested, give the
 * page `session.baseUrl` instead.
 */
export async function useSession(context: RoutingContext, session: TestSession): Promise<void> {
  const { origin } = new URL(session.baseUrl)
  await context.route(
    (url) => url.origin === origin,
    (route) => route.fallback({ headers: { ...route.request().headers(), ...session.headers } }),
  )
}
