import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** Options of what a running stand-in is steered by. */
export const steeringOptionSchemas = {
  scenario: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({ description: 'Scenario to begin with, one of the scenarios folder.', value: 'NAME' }),
    }),
  ),
  scenarios: Type.String({
    minLength: 1,
    default: 'scenarios',
    ...hints({ description: 'Folder of the scenarios: a JSON or YAML file each.', value: 'DIR' }),
  }),
  maxSessions: Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    default: 10_000,
    ...hints({
      description: 'Named sessions at once; more are refused.',
      value: 'NUMBER',
      expected: 'a number of sessions, at least 1',
    }),
  }),
  sessionIdle: Type.Integer({
    minimum: 0,
    maximum: 2_000_000,
    default: 1800,
    ...hints({
      description: 'Seconds without a call after which a named session is dropped; 0 keeps it.',
      value: 'SECONDS',
      expected: 'a number of seconds',
    }),
  }),
  control: Type.Boolean({
    default: true,
    ...hints({ description: 'The control API under /_standin/v1, through which replies and state are set.' }),
  }),
  controlPort: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 65535,
      ...hints({
        description: 'Port for the control API alone, in place of the one of the API; 0 picks a free one.',
        value: 'PORT',
      }),
    }),
  ),
  controlToken: Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x7e]+$',
      ...hints({
        description:
          'Token that the control API asks for; without one it asks for none on loopback, elsewhere for one that is printed.',
        value: 'TOKEN',
        expected: 'printable ASCII without spaces',
      }),
    }),
  ),
  controlHost: Type.Optional(
    Type.Array(Type.String({ pattern: '^(\\[[0-9a-fA-F:.]+\\]|[^\\s/:@]+)(:\\d+)?$' }), {
      ...hints({
        description:
          'Further name by which the control API may be called, such as that of a container. May be given several times.',
        value: 'NAME[:PORT]',
        expected: 'a host name, or one with a port',
      }),
    }),
  ),
}
