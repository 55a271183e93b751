import { notice } from '../store/notice.js'

/** What has just been done, or why not. */
export function NoticeBar() {
  const shown = notice.value
  return (
    <div class="notices" role="status" aria-live="polite">
      {shown && (
        <div class={`notice notice-${shown.kind}`}>
          <span>
            {shown.kind === 'failed' && <b>That did not work. </b>}
            {shown.text}
          </span>
          <button type="button" class="quiet" onClick={() => (notice.value = undefined)}>
            Close<span class="hidden"> this message</span>
          </button>
        </div>
      )}
    </div>
  )
}
