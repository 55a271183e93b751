import { at, elements, member, type Place, textMember } from '../document/place.js'
import type { Reading } from './reading.js'

/**
 * The part of the first server's URL that stands before every path, without a slash at its end; empty
 * where there is none. Variables have their defaults. Servers of an operation come before those of its
 * path, and these before those of the document (3.1.1 sections 4.8.9 and 4.8.10).
 */
export function basePathOf(reading: Reading, document: Place, pathItem: Place, operation: Place): string {
  if (reading.dialect === '2.0') return withoutEnd(textMember(document.value, 'basePath') ?? '')
  const servers = [operation, pathItem, document]
    .map((holder) => at(holder, 'servers'))
    .find((list) => elements(list).length > 0)
  const bases = servers === undefined ? [] : elements(servers).map((server) => pathOfServer(reading, server))
  const [first = '', ...others] = bases
  if (servers !== undefined && others.some((other) => other !== first)) {
    const names = [...new Set(bases)].map((base) => `"${base === '' ? '/' : base}"`).join(', ')
    const message = `The servers have different base paths (${names}); that of the first is used.`
    reading.report('several-base-paths', 'info', message, servers)
  }
  return first
}

function pathOfServer(reading: Reading, server: Place): string {
  const url = textMember(server.value, 'url') ?? ''
  const filled = url.replaceAll(/\{([^{}]*)\}/g, (variable, name: string) => {
    const value = member(member(member(server.value, 'variables'), name), 'default')
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    const message = `The server's variable ${variable} has no default; its name is taken instead.`
    reading.report('server-variable-without-default', 'warning', message, server)
    return name
  })
  // Relative to an address that nobody knows: what counts is the path.
  const absolute = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*|^\/\/[^/?#]*/i.exec(filled)
  const path = filled.slice(absolute?.[0].length ?? 0).replace(/[?#].*$/s, '')
  return withoutEnd(path.replace(/^\.+(?=\/|$)/, ''))
}

const withoutEnd = (path: string): string => {
  const trimmed = path.replace(/\/+$/, '')
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`
}
