/** Node's fetch as it was when the helpers were loaded, so that a test may put another one in its place. */
export const http = globalThis.fetch
