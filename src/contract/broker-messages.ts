import { type Static, Type } from '@sinclair/typebox'
import { isObject } from '../operation/json-object.js'
import { memberOf } from './value.js'

/** A line that the broker wants people to see, such as a link to what was published. */
export const Notice = Type.Object({
  /** `success`, `info`, `prompt`, `warning`, `error` or `danger`, as the broker has it. */
  type: Type.String(),
  text: Type.String(),
})
export type Notice = Static<typeof Notice>

export function noticesOf(resource: unknown): Notice[] {
  const notices = memberOf(resource, 'notices')
  if (!Array.isArray(notices)) return []
  return notices.flatMap((notice: unknown) => {
    const [type, text] = [memberOf(notice, 'type'), memberOf(notice, 'text')]
    return typeof text === 'string' ? [{ type: typeof type === 'string' ? type : 'info', text }] : []
  })
}

/** What a broker says of a refusal: its notices, its `errors` in any of their forms, its `message`, else its text. */
export function messageOf(resource: unknown, text: string): string {
  const notices = noticesOf(resource).map((notice) => notice.text)
  const errors = [memberOf(resource, 'errors'), memberOf(resource, 'error')].flatMap((one) => flatten(one))
  // Where there are notices, the errors say the same once more.
  const told = notices.length > 0 ? notices : errors
  const message = memberOf(resource, 'message')
  if (told.length > 0) return told.join('\n')
  if (typeof message === 'string') return message
  return text.trim().slice(0, 300) || 'without a reason'
}

/** Texts of a list, or of an object of lists by member: `contracts: is missing`. */
function flatten(errors: unknown, name = ''): string[] {
  if (typeof errors === 'string') return [name === '' ? errors : `${name}: ${errors}`]
  if (Array.isArray(errors)) return errors.flatMap((error) => flatten(error, name))
  if (!isObject(errors)) return []
  if (typeof errors.message === 'string') return [errors.message]
  return Object.entries(errors).flatMap(([member, inner]) =>
    flatten(inner, name === '' ? member : `${name}.${member}`),
  )
}
