import { type Note, places, type Version } from './change.js'
import { diffCredentials } from './credential-diff.js'
import { diffRequestBody, diffResponses } from './message-diff.js'
import { diffParameters } from './parameter-diff.js'

/** Differences of one operation in two versions of a description. */
export function diffOperations(old: Version, now: Version, note: Note): void {
  if (now.operation.deprecated === true && old.operation.deprecated !== true) {
    note({
      ...places(old.operation.source, now.operation.source),
      rule: 'operation-deprecated',
      breaking: false,
      message: 'the operation is deprecated',
      where: 'operation',
      spot: { part: 'operation' },
    })
  }
  diffParameters(old, now, note)
  diffCredentials(old, now, note)
  diffRequestBody(old, now, note)
  diffResponses(old, now, note)
}
