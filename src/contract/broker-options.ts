import { errors } from '../errors.js'

export interface BrokerOptions {
  /** Without credentials in it. */
  readonly url: string
  /** Value of the Authorization header. */
  readonly authorization?: string
}

export interface BrokerFlags {
  readonly brokerBaseUrl?: string
  readonly brokerUsername?: string
  readonly brokerPassword?: string
  readonly brokerToken?: string
}

/** Options of a command, else the `PACT_BROKER_*` variables that Pact's own tools read. Credentials are taken from one of the two, never mixed. */
export function brokerOptions(
  flags: BrokerFlags,
  env: Readonly<Record<string, string | undefined>>,
): BrokerOptions {
  const text = flags.brokerBaseUrl ?? env.PACT_BROKER_BASE_URL
  if (!text) {
    throw new errors.STANDIN_ERR_BROKER_CONFIG(
      'No Pact Broker is given. Use --broker-base-url URL or set PACT_BROKER_BASE_URL.',
    )
  }
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new errors.STANDIN_ERR_BROKER_CONFIG('The address of the Pact Broker is not an http or https URL.')
  }
  const given = flags.brokerToken ?? flags.brokerUsername ?? flags.brokerPassword
  const [token, username, password] =
    given === undefined
      ? [env.PACT_BROKER_TOKEN, env.PACT_BROKER_USERNAME, env.PACT_BROKER_PASSWORD]
      : [flags.brokerToken, flags.brokerUsername, flags.brokerPassword]
  const user = username || decodeURIComponent(url.username)
  const secret = password || decodeURIComponent(url.password)
  url.username = ''
  url.password = ''
  const address = { url: url.href.replace(/\/$/, '') }
  if (token && user) {
    throw new errors.STANDIN_ERR_BROKER_CONFIG(
      'Both a token and a user name are given for the Pact Broker. Give one of them.',
    )
  }
  if (token) return { ...address, authorization: `Bearer ${token}` }
  if (!user) return address
  return { ...address, authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` }
}
