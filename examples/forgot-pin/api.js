/** The key that the API gives to an application; this one is in its docs. */
const API_KEY = 'MOB-APP-2001'

/**
 * A call that did not bring what was asked for.
 * `kind`: `unauthorized` (401), `refused` (another 4xx), `failed` (5xx), `unreadable` (an answer that is not
 * what the docs say), `unreachable` (no answer at all), `late` (none in time), `cancelled` (by the person).
 */
export class CallError extends Error {
  constructor(kind, detail = '') {
    super(detail === '' ? kind : `${kind}: ${detail}`)
    this.kind = kind
    this.detail = detail
  }
}

/** The three calls of the API, each with the signal that ends it. */
export function apiAt(baseUrl) {
  return {
    /** A token for an account. The number may have more digits than a JavaScript number keeps, so it stays text. */
    async requestToken(accountNumber, signal) {
      const reply = await post(baseUrl, '/token-service/client/server/new/v2/token', {
        body: `{"referenceId":"${crypto.randomUUID()}","sdkPublicKey":"demo","sdkApiKey":"demo","accountNumber":${digits(accountNumber)}}`,
        signal,
      })
      if (typeof reply.token !== 'string') throw new CallError('unreadable')
      return reply.token
    },

    async resetPin(token, pin, signal) {
      await post(baseUrl, '/onboarding/user/resetPin/v1', {
        headers: { 'X-API-TOKEN': token },
        body: JSON.stringify({ pin, signInMode: 1 }),
        signal,
      })
    },

    async signIn({ accountNumber, token, pin }, signal) {
      await post(baseUrl, '/onboarding/user/login/v1', {
        headers: { 'X-API-TOKEN': token, 'X-ACCOUNT-NUMBER': accountNumber },
        body: JSON.stringify({
          keyRef: '',
          pin,
          signInMode: 1,
          token,
          authType: '1',
          deviceId: 'demo',
        }),
        signal,
      })
    },
  }
}

/** The digits of an account number as JSON writes numbers, without zeros in front. */
const digits = (accountNumber) => accountNumber.replace(/^0+(?=\d)/, '')

async function post(baseUrl, path, { headers, body, signal }) {
  const reply = await answered(
    fetch(baseUrl + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-API-KEY': API_KEY, ...headers },
      body,
      signal,
    }),
  )
  const text = await answered(reply.text())
  const content = parsed(text)
  if (reply.status === 401) throw new CallError('unauthorized')
  if (reply.status >= 500) throw new CallError('failed', String(reply.status))
  if (!reply.ok) throw new CallError('refused', typeof content?.detail === 'string' ? content.detail : '')
  if (typeof content !== 'object' || content === null) throw new CallError('unreadable')
  return content
}

/** Why a fetch was rejected, in words of this page. */
async function answered(promise) {
  try {
    return await promise
  } catch (error) {
    if (error instanceof CallError) throw error
    if (error.name === 'TimeoutError') throw new CallError('late')
    if (error.name === 'AbortError') throw new CallError('cancelled')
    throw new CallError('unreachable')
  }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
