import { useState } from 'preact/hooks'
import type { Override } from '../../steer/override.js'
import { change } from '../api/client.js'
import type { OperationDetail } from '../api/shapes.js'
import { type Choice, describeOverride, documentedChoices, FAULTS } from '../model/choices.js'
import { conditionOf, type ConditionRow, repeatedName } from '../model/conditions.js'
import { Status } from '../parts/marks.js'
import { perform } from '../store/notice.js'
import { overrides } from '../store/operations.js'
import { useLoaded } from '../store/resource.js'
import { ConditionFields } from './condition-fields.js'
import { ActiveOverrides } from './active-overrides.js'

/** What the next calls of an operation are answered with: one click sets it. */
export function NextReply({ operation }: { operation: OperationDetail }) {
  const [once, setOnce] = useState(true)
  const [delay, setDelay] = useState(0)
  const [conditions, setConditions] = useState<readonly ConditionRow[]>([])
  const active = useLoaded(overrides).value ?? []
  const { operationId } = operation
  const mine = active.filter((one) => !one.spent && (one.operationId ?? operationId) === operationId)

  const choose = (step: Choice['step']): void => {
    const when = conditionOf(conditions)
    const override: Override = {
      operationId,
      ...(when && { when }),
      ...step,
      ...(delay > 0 && { delay }),
      ...(once && { times: 1 }),
    }
    void perform(`Set: ${describeOverride(override)}`, async () => {
      const repeated = repeatedName(conditions)
      if (repeated !== undefined) {
        throw new Error(`Not set: two conditions name ${repeated}, and only one can hold for it`)
      }
      await change('POST', '/overrides', override)
      await overrides.refresh()
    })
  }

  return (
    <section class="card" aria-labelledby="next-title">
      <h2 id="next-title">Next reply</h2>
      <ActiveOverrides overrides={mine} empty={`As documented${shownDefault(operation)}: nothing is set.`} />
      <div class="settings">
        <fieldset class="inline">
          <legend>How often</legend>
          <label>
            <input type="radio" name="often" checked={once} onChange={() => setOnce(true)} /> the next call
            only
          </label>
          <label>
            <input type="radio" name="often" checked={!once} onChange={() => setOnce(false)} /> until I stop
            it
          </label>
        </fieldset>
        <label class="inline">
          After{' '}
          <input
            type="number"
            min={0}
            max={600_000}
            step={100}
            value={delay}
            onInput={(event) => setDelay(Math.max(0, Math.round(event.currentTarget.valueAsNumber || 0)))}
          />{' '}
          ms
        </label>
      </div>
      <ConditionFields rows={conditions} onChange={setConditions} />
      <p class="label" id="choices-replies">
        Answer with a documented reply
      </p>
      <div class="choices" role="group" aria-labelledby="choices-replies">
        {documentedChoices(operation).map(({ key, label, hint, step }) => (
          <button type="button" key={key} class="choice" onClick={() => choose(step)}>
            <Status status={label} /> <span>{hint}</span>
          </button>
        ))}
        {delay > 0 && (
          <button type="button" class="choice" onClick={() => choose({})}>
            <span>as it would be, only later</span>
          </button>
        )}
      </div>
      <p class="label" id="choices-faults">
        Or let something go wrong
      </p>
      <div class="choices" role="group" aria-labelledby="choices-faults">
        {FAULTS.map(({ key, label, hint, step }) => (
          <button type="button" key={key} class="choice fault" title={hint} onClick={() => choose(step)}>
            {label}
          </button>
        ))}
      </div>
      {once && (
        <p class="small">
          A browser repeats a request by itself where a connection breaks that it had kept open, and shows the
          second answer only. A break that should be seen in one is set until you stop it.
        </p>
      )}
    </section>
  )
}

/** What the docs' own choice is, where it is known before the call. */
function shownDefault({ next: { override, status, example } }: OperationDetail): string {
  if (override !== null || status === null) return ''
  return `, with ${status}${example === null ? '' : ` ${example}`}`
}
