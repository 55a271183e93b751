import { jsonTokens } from '../model/json-tokens.js'
import { pretty } from '../model/pretty.js'

/** Characters; what is longer is shown without colours, which would make the page slow. */
const LONGEST_COLOURED = 100_000

/** A body: JSON with colours and line breaks, anything else as it is. Never taken for HTML. */
export function Body({ text, label, raw }: { text: string; label: string; raw?: boolean }) {
  const shown = raw === true ? text : pretty(text)
  return (
    <pre class="body" tabIndex={0} role="region" aria-label={label}>
      {shown.length > LONGEST_COLOURED
        ? shown
        : jsonTokens(shown).map(({ kind, text }, index) =>
            kind === 'other' ? (
              text
            ) : (
              <span key={index} class={`json-${kind}`}>
                {text}
              </span>
            ),
          )}
    </pre>
  )
}
