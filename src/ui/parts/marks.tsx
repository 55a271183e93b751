/** An HTTP method. */
export const Method = ({ method }: { method: string }) => (
  <span class={`method method-${method.toLowerCase()}`}>{method}</span>
)

/** An HTTP status as a number or as documented; no reply where it is undefined. */
export function Status({ status }: { status: number | string | undefined }) {
  if (status === undefined) return <span class="status status-none">no reply</span>
  return <span class={`status status-${String(status).slice(0, 1)}`}>{status}</span>
}

/** `file:line`. */
export const Source = ({ source }: { source: string | { readonly file: string; readonly line: number } }) => (
  <code class="source">{typeof source === 'string' ? source : `${source.file}:${source.line}`}</code>
)
