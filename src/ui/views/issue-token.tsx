import { useState } from 'preact/hooks'
import { change } from '../api/client.js'
import { Copy } from '../parts/copy.js'
import { perform } from '../store/notice.js'
import { state } from '../store/state.js'

interface Issued {
  readonly account: string
  readonly token: string
  readonly expiresAt?: string
}

/** A token for an account of the session, without asking the mocked API for one. */
export function IssueToken() {
  const [account, setAccount] = useState('')
  const [issued, setIssued] = useState<Issued>()
  const issue = async (event: Event): Promise<void> => {
    event.preventDefault()
    await perform(`There is a token for ${account}`, async () => {
      const answer: Omit<Issued, 'account'> = JSON.parse(await change('POST', '/tokens', { account }))
      setIssued({ ...answer, account })
      // An account that was not there is by now.
      await state.refresh()
    })
  }
  return (
    <section class="card aside" aria-labelledby="token-title">
      <h2 id="token-title">Token</h2>
      <form class="line-form" onSubmit={(event) => void issue(event)}>
        <label class="field">
          <span>For the account</span>
          <input
            class="mono"
            required
            value={account}
            onInput={(event) => setAccount(event.currentTarget.value)}
          />
        </label>
        <button type="submit">Issue</button>
      </form>
      {issued && (
        <>
          <p class="small" id="token-of">
            For {issued.account}
            {issued.expiresAt !== undefined && `, until ${new Date(issued.expiresAt).toLocaleString()}`}
          </p>
          <textarea
            class="mono"
            readOnly
            rows={3}
            aria-labelledby="token-title token-of"
            value={issued.token}
          />
          <Copy label="Copy the token" text={() => issued.token} />
        </>
      )}
    </section>
  )
}
