import { toPlain } from '../operation/json.js'
import type { Response } from '../operation/operation.js'
import { type Arriving, invalidBodies, type Mutation, validBodies } from './body-mutations.js'
import { isToken } from './credentials.js'
import { type Case, holdingStates, type Skipped, type Subject } from './interactions.js'
import { credentialCases } from './negative-credentials.js'
import { refusal } from './refusal.js'
import type { RequestParts } from './request.js'
import { contentsOf, exampleOf, type RequestContent } from './request-content.js'
import { expectResponse } from './response.js'
import { schemaValidator } from './schema-validator.js'
import { slug } from './text.js'

/** What the schemas rule out, each refused; and what they leave free, each answered as documented. */
export function negativeCases(subject: Subject, skip: (skipped: Skipped) => void): Case[] {
  return [
    ...credentialCases(subject),
    ...parameterCases(subject),
    ...bodyCases(subject),
    ...freeCases(subject, skip),
  ]
}

function parameterCases(subject: Subject): Case[] {
  const { operation, request, credentials, documents } = subject
  const base = { ...refusal(subject, ['400', '422']), states: holdingStates(subject) }
  const cases: Case[] = []
  for (const parameter of operation.parameters) {
    const { name, in: place, required, schema } = parameter
    if (place !== 'header' && place !== 'query') continue
    if (credentials.some((one) => one.parameter.toLowerCase() === name.toLowerCase())) continue
    const group = place === 'header' ? 'headers' : 'query'
    if (required) {
      const rest = Object.fromEntries(Object.entries(request[group]).filter(([other]) => other !== name))
      const says = `refuses a request without the ${place} ${name}`
      cases.push({
        ...base,
        key: `refuses-without-${place}-${slug(name)}`,
        says,
        parts: { ...request, [group]: rest },
      })
    }
    const wrong = wrongText(schema, documents)
    if (wrong === undefined || request[group][name] === undefined) continue
    const parts = { ...request, [group]: { ...request[group], [name]: wrong } }
    cases.push({
      ...base,
      key: `refuses-wrong-${place}-${slug(name)}`,
      says: `refuses ${wrong} as the ${place} ${name}`,
      parts,
    })
  }
  return cases
}

/** A text that is none of the values of the schema, whatever it is read as. */
function wrongText(schema: unknown, documents: Subject['documents']): string | undefined {
  const text = 'not-documented'
  return schemaValidator(schema, documents)(text).length > 0 ? text : undefined
}

function bodyCases(subject: Subject): Case[] {
  const { operation, request, documents } = subject
  const { body } = request
  if (!body || body.value === undefined) return []
  const base = { ...refusal(subject, ['400', '422']), states: holdingStates(subject) }
  const cases = invalidBodies(body.schema, body.value, documents, arriving(body)).map((mutation) => ({
    ...base,
    key: `refuses-${slug(mutation.key)}`,
    says: `refuses ${mutation.says}`,
    parts: withBody(request, body, mutation),
  }))
  if (operation.requestBody?.required) {
    const { body: _, ...parts } = request
    cases.push({ ...base, key: 'refuses-no-body', says: 'refuses a request without a body', parts })
  }
  // A provider may check one form of the body and pass another on unseen.
  for (const other of contentsOf(operation, documents).slice(1)) {
    if (other.value === undefined) continue
    const { schema = body.schema } = other
    const [first] = invalidBodies(schema, other.value, documents, arriving(other))
    if (!first) continue
    cases.push({
      ...base,
      key: `refuses-${slug(first.key)}-sent-as-${slug(other.mediaType)}`,
      says: `refuses ${first.says} sent as ${other.mediaType}`,
      parts: withBody(request, other, first),
    })
  }
  // Any text can be read as a form.
  if (body.form) return cases
  const text = { mediaType: body.mediaType, text: '{"' }
  return [
    ...cases,
    {
      ...base,
      key: 'refuses-malformed',
      says: 'refuses a body that is no JSON',
      parts: { ...request, body: text },
    },
  ]
}

const arriving = ({ form }: RequestContent): Arriving =>
  form ? { read: form.read, textsOnly: true } : { read: toPlain, textsOnly: false }

const withBody = (request: RequestParts, body: RequestContent, { value }: Mutation): RequestParts => ({
  ...request,
  body: { ...body, value },
})

function freeCases(subject: Subject, skip: (skipped: Skipped) => void): Case[] {
  const { operation, request, credentials, documents, success } = subject
  const [expectation] = success ? expectResponse(success, documents) : []
  if (!success || !expectation) return []
  const base = { status: success.status, source: success.source, expectation, states: holdingStates(subject) }
  const cases: Case[] = []
  for (const { name, in: place, required } of operation.parameters) {
    if (required === true || (place !== 'header' && place !== 'query')) continue
    const group = place === 'header' ? 'headers' : 'query'
    if (request[group][name] === undefined) continue
    const rest = Object.fromEntries(Object.entries(request[group]).filter(([other]) => other !== name))
    const parts = {
      ...request,
      [group]: rest,
      credentials: credentials.filter((one) => one.parameter.toLowerCase() !== name.toLowerCase()),
    }
    const says = `answers ${success.status} without the ${place} ${name}`
    const states = holdingStates({ ...subject, request: parts })
    cases.push({ ...base, key: `${success.status}-absent-${place}-${slug(name)}`, says, parts, states })
  }
  const { body } = request
  if (!body || body.value === undefined) return cases
  const issuing = issuesTokens(success)
  for (const mutation of validBodies(body.schema, body.value, documents, arriving(body))) {
    if (issuing && mutation.key.startsWith('other-')) {
      const reason = `not tried ${mutation.says}: an operation that issues tokens checks what it is sent`
      skip({ operationId: operation.operationId, status: success.status, reason, source: operation.source })
      continue
    }
    const key = `${success.status}-${slug(mutation.key)}`
    cases.push({
      ...base,
      key,
      says: `answers ${success.status} ${mutation.says}`,
      parts: withBody(request, body, mutation),
    })
  }
  return cases
}

/** Whether the documented response holds a token, so that the request holds what it is given for. */
function issuesTokens({ content }: Response): boolean {
  const text = content.map(exampleOf).find((example) => example !== undefined)
  return text !== undefined && /"(eyJ[^"\s]+)"/.test(text) && isToken(/"(eyJ[^"\s]+)"/.exec(text)?.[1])
}
