import { type Credential, unknownCredential } from './credentials.js'
import { type Case, holdingStates, type Subject, withoutCredential } from './interactions.js'
import { refusal } from './refusal.js'
import type { RequestParts } from './request.js'
import { contentsOf } from './request-content.js'
import { slug } from './text.js'

/** Requests whose credentials are missing or not true, all of them refused. */
export function credentialCases(subject: Subject): Case[] {
  const { operation, request, credentials, documents } = subject
  const base = refusal(subject, ['401'])
  const required = credentials.filter((credential) => credential.required)
  const cases: Case[] = []
  const add = (key: string, says: string, parts: RequestParts): void => {
    const states = holdingStates({ ...subject, request: parts })
    cases.push({ ...base, key: `refuses-${key}`, says: `refuses ${says}`, parts, states })
  }
  // Where 401 is documented, it is among the documented cases.
  const documented = operation.responses.some(({ status }) => status === '401')
  for (const credential of required) {
    const { parameter } = credential
    const bare = withoutCredential(request, credential)
    if (!documented) add(`without-${slug(parameter)}`, `a request without ${parameter}`, bare)
    // A provider may look at the credentials behind the reader of one form of the body only.
    for (const body of contentsOf(operation, documents).slice(1)) {
      const form = body.mediaType
      add(
        `without-${slug(parameter)}-sent-as-${slug(form)}`,
        `a request without ${parameter} sent as ${form}`,
        { ...bare, body },
      )
    }
    if (credential.issued) for (const [key, says, parts] of untrue(subject, credential)) add(key, says, parts)
  }
  if (required.length > 0 && credentials.length > required.length) {
    const none = credentials.reduce(withoutCredential, request)
    add('no-credentials', 'a request without any credentials', none)
  }
  return cases
}

/** What nobody has issued: of the right form, of none, and a true one that goes on. */
function untrue({ request }: Subject, credential: Credential): [string, string, RequestParts][] {
  const { parameter, prefix } = credential
  const name = slug(parameter)
  const bare = withoutCredential(request, credential)
  const place = credential.in === 'header' ? 'headers' : credential.in === 'query' ? 'query' : 'cookies'
  const shown = Object.entries(request[place]).find(
    ([other]) => other.toLowerCase() === parameter.toLowerCase(),
  )?.[1]
  const example = shown?.startsWith(prefix) ? shown.slice(prefix.length) : ''
  const sending = (value: string): RequestParts => ({
    ...bare,
    [place]: { ...bare[place], [parameter]: prefix + value },
  })
  const longer = request.credentials.map((one) => (one === credential ? { ...one, suffix: LONGER } : one))
  return [
    [`unknown-${name}`, `an unknown ${parameter}`, sending(unknownCredential(example))],
    [`malformed-${name}`, `something that is no ${parameter}`, sending('none')],
    [`longer-${name}`, `a true ${parameter} with more behind it`, { ...request, credentials: longer }],
  ]
}

/** Two signs, since a decoder of base64 that is lenient may pass over a single one. */
const LONGER = 'xx'
