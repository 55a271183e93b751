import { useState } from 'preact/hooks'
import type { Finding } from '../api/shapes.js'
import { groupFindings, SEVERITIES } from '../model/findings.js'
import { count } from '../model/words.js'
import { Empty } from '../parts/empty.js'
import { WhenLoaded } from '../parts/failure.js'
import { Source } from '../parts/marks.js'
import { findings } from '../store/reports.js'
import { useLoaded } from '../store/resource.js'

/** What the docs get wrong or leave open, by page. */
export function FindingsView() {
  const loaded = useLoaded(findings)
  return (
    <section aria-labelledby="findings-title">
      <h1 id="findings-title" tabIndex={-1} data-focus>
        Findings
      </h1>
      <p class="prose">
        What the docs get wrong or leave open, by file and line. <code>standin lint</code> says the same in a
        terminal, and mends some of it.
      </p>
      <WhenLoaded loaded={loaded} retry={findings.refresh}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="Nothing found">The docs are clear in everything that Standin looks at.</Empty>
          ) : (
            <Found all={all} />
          )
        }
      </WhenLoaded>
    </section>
  )
}

/** Findings of a page that are shown at once. */
const MOST = 100

function Found({ all }: { all: readonly Finding[] }) {
  const [hidden, setHidden] = useState<readonly string[]>([])
  const shown = all.filter(({ severity }) => !hidden.includes(severity))
  const toggle = (severity: string): void =>
    setHidden(hidden.includes(severity) ? hidden.filter((one) => one !== severity) : [...hidden, severity])
  return (
    <>
      <div class="segments" role="group" aria-label="Which severities">
        {SEVERITIES.map((severity) => (
          <button
            type="button"
            key={severity}
            aria-pressed={!hidden.includes(severity)}
            onClick={() => toggle(severity)}
          >
            {count(all.filter((one) => one.severity === severity).length, severity)}
          </button>
        ))}
      </div>
      {groupFindings(shown).map(({ page, findings: ofPage }) => (
        <details key={page} class="card group" open>
          <summary>
            <h2>{page}</h2> <span class="small">{count(ofPage.length, 'finding')}</span>
          </summary>
          <ul class="plain findings">
            {ofPage.slice(0, MOST).map(({ rule, severity, message, source }, index) => (
              <li key={index} class={`finding finding-${severity}`}>
                <span class="severity">{severity}</span>
                <span>
                  {message} <Source source={source} /> <code class="small">{rule}</code>
                </span>
              </li>
            ))}
          </ul>
          {ofPage.length > MOST && (
            <p class="small">
              And {ofPage.length - MOST} more: see <code>standin lint</code>.
            </p>
          )}
        </details>
      ))}
    </>
  )
}
