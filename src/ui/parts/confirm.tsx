import { useState } from 'preact/hooks'

interface ConfirmProps {
  readonly label: string
  /** What it is about, for whoever does not see the place. */
  readonly of?: string
  readonly question: string
  readonly onConfirm: () => unknown
}

/** A button for what cannot be taken back: asks once more, in its own place. */
export function Confirm({ label, of, question, onConfirm }: ConfirmProps) {
  const [asked, setAsked] = useState(false)
  if (!asked) {
    return (
      <button type="button" class="danger" onClick={() => setAsked(true)}>
        {label}
        {of !== undefined && <span class="hidden"> {of}</span>}
      </button>
    )
  }
  const confirm = (): void => {
    setAsked(false)
    onConfirm()
  }
  return (
    <span class="confirm" role="group" aria-label={question}>
      <span>{question}</span>
      <button type="button" class="danger" onClick={confirm} ref={focusOnce}>
        Yes, {label.toLowerCase()}
      </button>
      <button type="button" onClick={() => setAsked(false)}>
        No
      </button>
    </span>
  )
}

/** Kept as one function, so that it runs when the button appears and not with each change. */
const focusOnce = (button: HTMLButtonElement | null): void => button?.focus()
