import { useState } from 'preact/hooks'
import { token, keepToken } from '../store/token.js'

/** Asks for the token of the control API. */
export function TokenForm() {
  const [given, setGiven] = useState('')
  const refused = token.value !== ''
  const submit = (event: Event): void => {
    event.preventDefault()
    keepToken(given.trim())
  }
  return (
    <form class="card token-form" onSubmit={submit}>
      <h1 tabIndex={-1} data-focus>
        This stand-in asks for a token
      </h1>
      {refused && (
        <p class="failure" role="alert">
          The token that was given is not the right one.
        </p>
      )}
      <p>
        Other machines can reach it, so only who has its token may steer it. The token was given with{' '}
        <code>--control-token</code>, or was printed when the stand-in started. It is kept until this tab is
        closed.
      </p>
      <label for="token">Token</label>
      <input
        id="token"
        type="password"
        autocomplete="off"
        required
        value={given}
        onInput={(event) => setGiven(event.currentTarget.value)}
      />
      <button type="submit" class="primary">
        Use this token
      </button>
    </form>
  )
}
