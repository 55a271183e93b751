/**
 * `standin/contract`: contracts from code, one function for each command. Descriptions are read by
 * `describeSources`; what a function throws for its user's sake has a `code` of docs/errors.md.
 */
export { describeSources } from './load/describe-sources.js'

// standin contract
export { type Contract, type ContractOptions, generateContract } from './contract/generate.js'
export { contractFile } from './contract/contract-file.js'
export type { Unsupported } from './contract/unsupported.js'
export type { Skipped } from './contract/interactions.js'

// standin serve --record-pact: createStandin of `standin` records too, with a file
export {
  type LeftOut,
  type ObservedCall,
  Recorder,
  type Recording,
  type RecordOptions,
} from './contract/record.js'

// standin verify
export {
  type ContractSource,
  type Observation,
  type Progress,
  type StateContext,
  type StateHandler,
  type StateHandlers,
  type StateParams,
  type StateValues,
  type Verification,
  verifyContracts,
  type VerifyOptions,
} from './contract/verify.js'
export type { VerifiedFailure, VerifiedInteraction, VerifyReport } from './contract/report.js'
export { verifyFormats, writeVerification } from './cli/verify-report.js'
export { type DocsDifference, docsReport, type DocsReport, docsReportText } from './contract/docs-report.js'
export { checkResponse, type ReceivedResponse } from './contract/schema-check.js'

// standin compare, standin diff
export { readPactFiles } from './contract/pact-files.js'
export type { PactSource } from './contract/pact-reader.js'
export { type Comparison, type ComparisonFinding, comparePacts } from './contract/compare.js'
export { comparisonFormats, writeComparison } from './cli/compare-report.js'
export type { Change } from './contract/change.js'
export { diffDescriptions, type Difference, type DiffOptions } from './contract/diff.js'
export { differenceFormats, writeDifference } from './cli/diff-report.js'

// standin publish, verify --publish, can-i-deploy, record-deployment
export { type Broker, type BrokerSettings, createBroker } from './contract/broker.js'
export { type BrokerFlags, type BrokerOptions, brokerOptions } from './contract/broker-options.js'
export type { Notice } from './contract/broker-messages.js'
export { type BuildInfo, type Git, readBuildInfo } from './contract/build-info.js'
export { gitIn } from './cli/git.js'
export { publishContracts, type PublishOptions } from './contract/publish.js'
export {
  publishResult,
  readBrokerPact,
  resultOf,
  type SelectedPact,
  type SelectionOptions,
  selectPacts,
  type VerificationResult,
} from './contract/broker-verification.js'
export {
  canIDeploy,
  type Deployability,
  type DeploymentTarget,
  type MatrixRow,
} from './contract/can-i-deploy.js'
export {
  recordDeployment,
  type RecordOptions as RecordDeploymentOptions,
} from './contract/record-deployment.js'
