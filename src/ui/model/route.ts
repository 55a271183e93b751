/** The parts of the page, in the order of the navigation. */
export const VIEWS = [
  'operations',
  'journal',
  'state',
  'sessions',
  'scenarios',
  'coverage',
  'findings',
] as const
export type View = (typeof VIEWS)[number]

/** Where one is on the page; what stands in the address, so that a link can be passed on. */
export interface Route {
  readonly view: View
  /** The operation or journal entry; `''` for none. */
  readonly id: string
  /** `''` for the default session. */
  readonly session: string
}

const isView = (text: string): text is View => VIEWS.some((view) => view === text)

/** `#/operations/resetPin?session=alice`. What cannot be read is the beginning of the page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [view = '', id = ''] = path.split('/', 2)
  return {
    view: isView(view) ? view : 'operations',
    id: isView(view) ? decode(id) : '',
    session: new URLSearchParams(query).get('session') ?? '',
  }
}

export function formatRoute({ view, id, session }: Route): string {
  const path = id === '' ? view : `${view}/${encodeURIComponent(id)}`
  return `#/${path}${session === '' ? '' : `?session=${encodeURIComponent(session)}`}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
