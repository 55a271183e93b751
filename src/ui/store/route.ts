import { computed, signal } from '@preact/signals'
import { formatRoute, parseRoute, type Route } from '../model/route.js'

/** Where one is. The address is the only place that holds it. */
export const route = signal<Route>(parseRoute(location.hash))

addEventListener('hashchange', () => {
  route.value = parseRoute(location.hash)
})

/** `''` for the default session. */
export const sessionName = computed(() => route.value.session)

/** A link within the page, in the same session unless it says otherwise. */
export const linkTo = (to: Partial<Route>): string =>
  formatRoute({ view: route.value.view, id: '', session: sessionName.value, ...to })

export function go(to: Partial<Route>): void {
  location.hash = linkTo(to)
  // The browser tells of it later, and what is asked for until then would be asked for where one was.
  route.value = parseRoute(location.hash)
}
