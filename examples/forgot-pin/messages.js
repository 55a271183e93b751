/** What a person is told of a call that went wrong; `retry` says whether trying the same again makes sense. */
export function messageOf({ kind, detail }, step) {
  switch (kind) {
    case 'unauthorized':
      return step === 'sign-in'
        ? { title: 'That PIN is not right', text: 'Check the PIN and try again.', retry: false }
        : {
            title: 'This took too long',
            text: 'For your safety the request has expired, and your PIN was not changed. Please start again.',
            retry: false,
          }
    case 'refused':
      return {
        title: 'That was not accepted',
        text: detail === '' ? 'Check what you have entered.' : detail,
        retry: false,
      }
    case 'failed':
      return {
        title: 'The service has a problem',
        text: 'It is not your fault. Please try again in a few minutes.',
        retry: true,
      }
    case 'late':
      return { title: 'The service does not answer', text: outcomeOf(step), retry: true }
    case 'unreachable':
      return {
        title: 'The connection was lost',
        text: `${outcomeOf(step)} Check your connection.`,
        retry: true,
      }
    case 'cancelled':
      return { title: 'Cancelled', text: outcomeOf(step), retry: true }
    default:
      return {
        title: 'Something unexpected came back',
        text: `${outcomeOf(step)} If it happens again, tell us.`,
        retry: true,
      }
  }
}

/** Without an answer nobody knows whether a PIN was changed; the same call again does no harm. */
const outcomeOf = (step) =>
  step === 'pin'
    ? 'We cannot tell whether your PIN was changed. You can safely try again.'
    : 'Nothing was changed. You can try again.'

/** What is told while a call is under way, and when it takes longer than usual. */
export const WAITING = {
  account: 'Looking for your account…',
  pin: 'Resetting your PIN…',
  'sign-in': 'Signing you in…',
  longer: 'Still waiting. This takes longer than usual; there is nothing that you have to do.',
}
