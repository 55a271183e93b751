import { type Broker, createBroker } from '../contract/broker.js'
import type { Notice } from '../contract/broker-messages.js'
import { brokerOptions } from '../contract/broker-options.js'
import { type BuildInfo, readBuildInfo } from '../contract/build-info.js'
import { errors } from '../errors.js'
import { gitIn } from './git.js'
import type { Options } from './options.js'
import type { Terminal } from './terminal.js'

/** The broker that the options or the `PACT_BROKER_*` variables name. */
export const brokerFor = (options: Options, { env }: Terminal): Broker =>
  createBroker(brokerOptions(options, env))

/** What is published as: by the options, else by the CI service, else by git. The version must be known. */
export function buildFor(options: Options, { env, cwd }: Terminal): BuildInfo & { version: string } {
  const { appVersion, branch, buildUrl } = options
  const known = readBuildInfo(env, gitIn(cwd, env))
  const version = appVersion ?? known.version
  if (version === undefined) {
    throw new errors.STANDIN_ERR_USAGE(
      'Neither the CI service nor git tells the version of the application. Give it with --app-version VERSION.',
    )
  }
  return { ...known, ...(branch ? { branch } : {}), ...(buildUrl ? { buildUrl } : {}), version }
}

/** Which version of which application, in which environment; all three must be known. */
export function targetFor(command: string, options: Options, terminal: Terminal) {
  const { pacticipant, environment } = options
  if (pacticipant === undefined || environment === undefined) {
    const missing = pacticipant === undefined ? '--pacticipant NAME' : '--environment NAME'
    throw new errors.STANDIN_ERR_USAGE(`standin ${command} needs ${missing}.`)
  }
  return { pacticipant, environment, version: buildFor(options, terminal).version }
}

/** What the broker tells people, as it says it. */
export const noticeLines = (notices: readonly Notice[]): string[] => notices.map(({ text }) => text)
