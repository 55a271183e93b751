/**
 * `standin/describe`: the words of modules that describe an API as TypeBox schemas. `standin import`
 * writes such modules; they can be written by hand as well.
 */
export * from './operation/build.js'
export { type ApiDefinition, defineApi } from './apis/define-api.js'
export { readExamples } from './apis/read-examples.js'
export type { ApiModule, ApiServices } from './apis/api-module.js'
export type { ApiDescription, SecurityScheme } from './operation/description.js'
export type { ExamplesFile } from './operation/examples-file.js'
export type { Finding } from './operation/finding.js'
export type { Operation, Parameter, RequestBody, Response } from './operation/operation.js'
export type {
  Behaviour,
  BehaviourContext,
  BehaviourReply,
  Behaviours,
  CheckedRequest,
} from './respond/behaviour.js'
export type { Collections, Document, StateReader, StateWriter } from './respond/state.js'
