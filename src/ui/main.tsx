import { render } from 'preact'
import { App } from './app.js'
import { about, sessions } from './store/about.js'
import { watchJournal } from './store/journal.js'
import { operations, overrides } from './store/operations.js'

const root = document.getElementById('app')
if (root) {
  root.replaceChildren()
  watchJournal()
  render(<App />, root)
  // Whoever comes back from their editor or their tests finds what is true now.
  addEventListener('focus', () => {
    for (const one of [about, sessions, operations, overrides]) void one.refresh()
  })
}
