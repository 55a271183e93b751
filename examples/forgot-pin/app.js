import { apiAt, CallError } from './api.js'
import { messageOf, WAITING } from './messages.js'

/** Milliseconds until the page says that it takes longer than usual, and until it gives up. */
const LONGER_AFTER = 3000
const GIVE_UP_AFTER = 30_000

const TITLES = {
  account: 'Forgot your PIN?',
  pin: 'Choose a new PIN',
  'sign-in': 'Sign in',
  done: 'Welcome back',
}

const element = (id) => document.getElementById(id)
const { apiUrl } = await (await fetch('config.json')).json()
const api = apiAt(apiUrl)

/** What is known of the person who uses the page, until it is closed. */
let known = { accountNumber: '', token: '' }
let step = 'account'
let cancel = () => {}
let again = () => {}

/** What each form checks, asks for, and leads to. */
const forms = {
  account: {
    faults: ({ account }) => ({
      'account-number': /^\d{1,19}$/.test(account) ? '' : 'Enter your account number: 1 to 19 digits.',
    }),
    async send({ account }, signal) {
      known = { accountNumber: account, token: await api.requestToken(account, signal) }
      return 'pin'
    },
  },
  pin: {
    faults: ({ pin, again }) => ({
      'new-pin': /^\d{4}$/.test(pin) ? '' : 'A PIN has exactly 4 digits.',
      'same-pin': pin === again ? '' : 'The two PINs are not the same.',
    }),
    async send({ pin }, signal) {
      await api.resetPin(known.token, pin, signal)
      return 'sign-in'
    },
  },
  'sign-in': {
    faults: ({ pin }) => ({ 'pin-now': /^\d{4}$/.test(pin) ? '' : 'A PIN has exactly 4 digits.' }),
    async send({ pin }, signal) {
      await api.signIn({ ...known, pin }, signal)
      return 'done'
    },
  },
}

for (const [name, form] of Object.entries(forms)) {
  element(name).addEventListener('submit', (event) => {
    event.preventDefault()
    const values = Object.fromEntries(new FormData(event.target))
    if (isValid(form.faults(values))) void run(name, () => form, values)
  })
}

document.addEventListener('click', ({ target }) => {
  const { do: action } = target.dataset
  if (action === 'cancel') cancel()
  if (action === 'retry') again()
  if (action === 'restart') restart()
})

show('account')

/** Tells each fault at its field, and takes the person to the first. */
function isValid(faults) {
  const wrong = Object.entries(faults).filter(([id, fault]) => {
    element(`${id}-error`).textContent = fault
    element(id).setAttribute('aria-invalid', String(fault !== ''))
    return fault !== ''
  })
  if (wrong.length > 0) element(wrong[0][0]).focus()
  return wrong.length === 0
}

/** Sends a form, and shows what came of it. */
async function run(name, formOf, values) {
  const controller = new AbortController()
  cancel = () => controller.abort()
  again = () => void run(name, formOf, values)
  element('problem').hidden = true
  const stopWaiting = showWaiting(name, () => controller.abort(new DOMException('', 'TimeoutError')))
  try {
    const next = await formOf().send(values, controller.signal)
    stopWaiting()
    element(name).reset()
    show(next)
  } catch (error) {
    stopWaiting()
    showProblem(error instanceof CallError ? error : new CallError('unreadable', String(error)))
  }
}

function showWaiting(name, giveUp) {
  const form = element(name)
  const status = element('status')
  const fields = [...form.elements]
  for (const field of fields) field.disabled = true
  form.setAttribute('aria-busy', 'true')
  element('waiting').hidden = false
  status.textContent = WAITING[name]
  const longer = setTimeout(() => void (status.textContent = WAITING.longer), LONGER_AFTER)
  const end = setTimeout(() => giveUp(), GIVE_UP_AFTER)
  return () => {
    clearTimeout(longer)
    clearTimeout(end)
    for (const field of fields) field.disabled = false
    form.removeAttribute('aria-busy')
    status.textContent = ''
    element('waiting').hidden = true
  }
}

function showProblem(error) {
  const { title, text, retry } = messageOf(error, step)
  const problem = element('problem')
  element('problem-title').textContent = title
  element('problem-text').textContent = text
  problem.querySelector('[data-do=retry]').hidden = !retry
  problem.hidden = false
  problem.focus()
}

function show(next) {
  step = next
  element('problem').hidden = true
  for (const name of [...Object.keys(forms), 'done']) element(name).hidden = name !== step
  for (const item of document.querySelectorAll('[data-step]')) {
    if (item.dataset.step === step) item.setAttribute('aria-current', 'step')
    else item.removeAttribute('aria-current')
  }
  const title = element('title')
  title.textContent = TITLES[step]
  document.title = TITLES[step]
  title.focus()
}

function restart() {
  known = { accountNumber: '', token: '' }
  for (const name of Object.keys(forms)) element(name).reset()
  show('account')
}
