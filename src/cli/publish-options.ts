import { type TString, Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** A text that changes from run to run, so that it has no place in a config file. */
const word = (value: string, description: string): TString =>
  Type.String({ minLength: 1, ...hints({ description, value, places: ['line', 'environment'] }) })

/** What is published as which version, and which version is asked about or deployed. */
export const publishOptionSchemas = {
  appVersion: Type.Optional(
    word(
      'VERSION',
      'Version of the application, mostly a commit; else from the CI service or git. --version VERSION will do too.',
    ),
  ),
  branch: Type.Optional(
    word('BRANCH', 'Branch that the version belongs to; else from the CI service or git.'),
  ),
  tag: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      ...hints({
        description: 'Tag for the published version; may be given several times.',
        value: 'TAG',
        places: ['line', 'environment'],
        expected: 'a text that is not empty',
      }),
    }),
  ),
  buildUrl: Type.Optional(word('URL', 'Address of the build that publishes; else from the CI service.')),
  onConflict: Type.Union([Type.Literal('refuse'), Type.Literal('merge')], {
    default: 'refuse',
    ...hints({
      description: 'Where this version has published another contract before: refuse, or merge the two.',
      value: 'refuse|merge',
      places: ['line', 'environment'],
    }),
  }),
  pacticipant: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({ description: 'Name of the application in the Pact Broker.', value: 'NAME' }),
    }),
  ),
  environment: Type.Optional(word('NAME', 'Environment of the Pact Broker, such as production.')),
  applicationInstance: Type.Optional(
    word('NAME', 'Which instance is deployed, where an environment runs several.'),
  ),
  retryWhileUnknown: Type.Integer({
    minimum: 0,
    maximum: 10_000,
    default: 0,
    ...hints({
      description: 'How often to ask again while results are missing, such as those that a webhook started.',
      value: 'TIMES',
      places: ['line', 'environment'],
    }),
  }),
  retryInterval: Type.Integer({
    minimum: 0,
    maximum: 3600,
    default: 10,
    ...hints({
      description: 'Seconds between these.',
      value: 'SECONDS',
      places: ['line', 'environment'],
    }),
  }),
}
