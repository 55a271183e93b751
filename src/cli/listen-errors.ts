import { errors } from '../errors.js'

/** What to do about a failed listen, by the code that Node gives it (errno names of POSIX and getaddrinfo). */
const advice: Readonly<Record<string, string>> = {
  EACCES: 'this port needs more rights. Choose one above 1023 with --port.',
  EPERM: 'the system does not allow it. Choose another port with --port.',
  EADDRNOTAVAIL: 'no interface of this machine has that address. Use --host 127.0.0.1, or 0.0.0.0 for all.',
  EAFNOSUPPORT: 'this machine has no such kind of address. Use --host 127.0.0.1.',
  EINVAL: 'that is no address to listen on. Use --host 127.0.0.1, or 0.0.0.0 for all.',
  ENOTFOUND: 'that name has no address. Use --host 127.0.0.1, or 0.0.0.0 for all.',
  EAI_AGAIN: 'that name cannot be looked up now. Use an address, such as --host 127.0.0.1.',
}

/** The registered error for what `listen` rejected with; any other error unchanged. */
export function listenError(error: unknown, host: string, api: number, control?: number): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error
  const port = control !== undefined && 'port' in error && error.port === control ? control : api
  if (error.code === 'EADDRINUSE') {
    return Object.assign(new errors.STANDIN_ERR_PORT_TAKEN(port, host), { cause: error })
  }
  const what = advice[error.code]
  return what === undefined
    ? error
    : Object.assign(new errors.STANDIN_ERR_LISTEN(host, port, what), { cause: error })
}
