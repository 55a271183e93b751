import type { FastifyRequest } from 'fastify'
import type { ControlContext } from './context.js'

/**
 * Where the mocked API is, if the control API has a port of its own: by the name that the client itself
 * uses, since what the server listens on may be no address that can be called (`0.0.0.0`).
 */
export function apiAddress(
  { apart, origin }: Pick<ControlContext, 'apart' | 'origin'>,
  { protocol, hostname }: Pick<FastifyRequest, 'protocol' | 'hostname'>,
): { api?: string } {
  const listens = apart ? origin() : undefined
  const { port, protocol: scheme } = new URL(listens ?? 'http://localhost')
  const at = port || (scheme === 'https:' ? '443' : '80')
  // What stands in the header Host is told back in a policy, so it has to be a name.
  return listens === undefined || !/^[\w.:[\]-]+$/.test(hostname)
    ? {}
    : { api: `${protocol}://${hostname}:${at}` }
}
