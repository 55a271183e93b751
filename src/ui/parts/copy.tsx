import { perform } from '../store/notice.js'

interface CopyProps {
  /** What the button says. */
  readonly label: string
  readonly text: () => string | Promise<string>
}

/** Puts a text on the clipboard. */
export function Copy({ label, text }: CopyProps) {
  const copy = (): Promise<boolean> =>
    perform('Copied', async () => navigator.clipboard.writeText(await text()))
  return (
    <button type="button" onClick={() => void copy()}>
      {label}
    </button>
  )
}
