import type { JournalStep } from '../../steer/journal/entry.js'
import { Source } from '../parts/marks.js'

/** What each stage asks. */
const QUESTIONS: Readonly<Record<JournalStep['stage'], string>> = {
  match: 'Which operation is it?',
  session: 'Whose session?',
  check: 'Does the request keep to the docs?',
  steer: 'Has somebody set the reply?',
  behave: 'What does it do?',
  choose: 'Which example answers it?',
  send: 'How was it sent?',
}

/** The way of a call, stage by stage. */
export function Steps({ steps }: { steps: readonly JournalStep[] }) {
  return (
    <section class="card" aria-labelledby="steps-title">
      <h2 id="steps-title">Step by step</h2>
      <ol class="steps">
        {steps.map(({ stage, outcome, reason, source }, index) => (
          <li key={index} class={`step step-${stage}`}>
            <span class="step-stage">{stage}</span>
            <span class="step-said">
              <span class="small">{QUESTIONS[stage]}</span>
              <b>{outcome}</b>
              {reason !== '' && <span>{reason}</span>}
              {source && <Source source={source} />}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
