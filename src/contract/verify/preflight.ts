import { once } from 'node:events'
import { errors } from '../../errors.js'
import { connectTo, type TapTarget } from './tap.js'

/** The provider's address. @throws STANDIN_ERR_USAGE where it is none */
export function providerUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new errors.STANDIN_ERR_USAGE(
    `--provider-base-url: expected an http or https URL such as http://localhost:8080, got ${JSON.stringify(text)}`,
  )
}

/**
 * Makes one connection and drops it, so that a provider that is not there is one clear message and
 * not a failure of each interaction.
 * @throws STANDIN_ERR_PROVIDER_UNREACHABLE
 */
export async function reachProvider(target: TapTarget, timeout: number): Promise<void> {
  const socket = connectTo(target)
  try {
    const ready = target.url.protocol === 'https:' ? 'secureConnect' : 'connect'
    await once(socket, ready, { signal: AbortSignal.timeout(timeout) })
  } catch (error) {
    throw Object.assign(
      new errors.STANDIN_ERR_PROVIDER_UNREACHABLE(target.url.origin, reasonOf(error, timeout)),
      {
        cause: error,
      },
    )
  } finally {
    socket.destroy()
  }
}

function reasonOf(error: unknown, timeout: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof Error && error.name === 'AbortError') return `no connection within ${timeout} ms`
  return troubleText(code, error instanceof Error ? error.message : String(error))
}

/** What a system's or TLS's error code means, in words. */
export function troubleText(code: string, otherwise = code): string {
  if (code === 'ECONNREFUSED') return 'the connection was refused; is it running, and on that port?'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `there is no host of that name (${code})`
  if (code === 'ECONNRESET') return 'it dropped the connection (ECONNRESET)'
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return `it does not speak TLS as asked (${code}); is it http instead of https?`
  if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(code))
    return `its certificate is not trusted (${code}); --insecure takes it nevertheless`
  return otherwise
}
