/** The pairs of a URL's query, decoded as forms are; the URL may be a path with a query alone. */
export const queryOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.split('?').slice(1).join('?'))
