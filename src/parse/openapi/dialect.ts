import { isObject } from '../../operation/json-object.js'
import { member } from '../document/place.js'

/** The versions whose rules differ. 3.2 adds to 3.1 and changes nothing of it. */
export type Dialect = '2.0' | '3.0' | '3.1'

/** What a document says of its own version; `problem` where that is no version that can be read. */
export function dialectOf(value: unknown): { dialect: Dialect; note?: string } | { problem: string } {
  if (!isObject(value)) return { problem: 'It is no OpenAPI description: the document is not an object.' }
  const swagger = member(value, 'swagger')
  const openapi = member(value, 'openapi')
  const said = openapi ?? swagger
  if (typeof said !== 'string' && typeof said !== 'number') {
    const hint = 'The top level needs "openapi: 3.x.x" or "swagger: \'2.0\'".'
    return { problem: `It is no OpenAPI description. ${hint}` }
  }
  const version = typeof said === 'number' ? said.toFixed(1) : said.trim()
  if (/^2(\.|$)/.test(version)) return { dialect: '2.0' }
  if (/^3\.0(\.|$|-)/.test(version) || version === '3') return { dialect: '3.0' }
  if (/^3\.[12](\.|$|-)/.test(version)) return { dialect: '3.1' }
  if (/^3\.\d+/.test(version)) {
    return { dialect: '3.1', note: `OpenAPI ${version} is not known here; it is read as 3.2.` }
  }
  return { problem: `OpenAPI version "${version}" cannot be read; 2.0, 3.0, 3.1 and 3.2 can.` }
}
