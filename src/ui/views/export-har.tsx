import { text } from '../api/client.js'
import { perform } from '../store/notice.js'

/** The journal as a file: a link, or fetched where a link could not send the token. */
export function ExportHar({ url, token }: { url: string; token: string }) {
  if (token === '') {
    return (
      <a class="button" href={url} download="standin.har">
        HAR
      </a>
    )
  }
  return (
    <button type="button" onClick={() => void save()}>
      HAR
    </button>
  )
}

const save = (): Promise<boolean> =>
  perform('The journal was saved as standin.har', async () => {
    const har = await text('GET', '/journal.har', { scoped: true })
    const address = URL.createObjectURL(new Blob([har], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = address
    link.download = 'standin.har'
    link.click()
    URL.revokeObjectURL(address)
  })
