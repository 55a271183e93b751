import createError, { type FastifyErrorConstructor } from '@fastify/error'

/**
 * Every error that Standin raises on its own account, by its code. docs/errors.md explains each;
 * a test holds code, key and page together. `%s` are filled in by the place that throws.
 * Messages say what is wrong, where, and what to do. The status is used when one reaches a request.
 */
const define = (code: string, message: string, statusCode = 500): FastifyErrorConstructor =>
  createError(code, message, statusCode)

export const errors = {
  // Command line and configuration
  STANDIN_ERR_USAGE: define('STANDIN_ERR_USAGE', '%s'),
  STANDIN_ERR_CONFIG: define('STANDIN_ERR_CONFIG', '%s: %s'),
  STANDIN_ERR_RESOURCES: define('STANDIN_ERR_RESOURCES', '%s: %s'),
  STANDIN_ERR_OUTPUT_UNWRITABLE: define(
    'STANDIN_ERR_OUTPUT_UNWRITABLE',
    'Cannot write to %s (%s). Give a file in a folder that can be written with --out FILE.',
  ),

  STANDIN_ERR_NOT_MENDED: define('STANDIN_ERR_NOT_MENDED', '%s was not mended: %s'),

  // Sources
  STANDIN_ERR_SOURCE_UNREADABLE: define('STANDIN_ERR_SOURCE_UNREADABLE', '%s: %s'),
  STANDIN_ERR_SOURCE_BROKEN: define('STANDIN_ERR_SOURCE_BROKEN', '%s: %s'),

  STANDIN_ERR_MODULE: define('STANDIN_ERR_MODULE', '%s: %s'),
  STANDIN_ERR_NOT_GENERATED: define(
    'STANDIN_ERR_NOT_GENERATED',
    '%s would be overwritten, but %s. Move it away, or give another folder with --out DIR.',
  ),

  // Server
  STANDIN_ERR_PORT_TAKEN: define(
    'STANDIN_ERR_PORT_TAKEN',
    'Port %s on %s is taken by another process. Stop it, or choose another with --port (0 picks a free one).',
  ),
  STANDIN_ERR_LISTEN: define('STANDIN_ERR_LISTEN', 'Cannot listen on %s port %s: %s'),

  STANDIN_ERR_UPSTREAM: define('STANDIN_ERR_UPSTREAM', '%s is no upstream: %s'),
  STANDIN_ERR_HTTPS_FILE: define('STANDIN_ERR_HTTPS_FILE', '%s: %s'),
  STANDIN_ERR_HTTPS_FOLDER: define(
    'STANDIN_ERR_HTTPS_FOLDER',
    'The certificate for HTTPS cannot be kept in %s (%s). Give one of your own with --https-cert FILE and --https-key FILE.',
  ),

  // Library
  STANDIN_ERR_OVERRIDE: define('STANDIN_ERR_OVERRIDE', 'The override cannot be set: %s', 400),
  STANDIN_ERR_SESSION: define('STANDIN_ERR_SESSION', '%s', 400),
  STANDIN_ERR_SCENARIO: define('STANDIN_ERR_SCENARIO', '%s: %s', 422),
  STANDIN_ERR_STATELESS: define(
    'STANDIN_ERR_STATELESS',
    'A stateless stand-in keeps neither state nor examples. Leave out `stateless` to read or change them.',
  ),
  STANDIN_ERR_JOURNAL_OFF: define(
    'STANDIN_ERR_JOURNAL_OFF',
    'There is no %s, since the journal is off. Leave --journal 0 (journal: 0) out.',
  ),

  // Tests
  STANDIN_ERR_CONTROL: define('STANDIN_ERR_CONTROL', '%s was answered with %s: %s'),
  STANDIN_ERR_UNREACHABLE: define('STANDIN_ERR_UNREACHABLE', 'No stand-in answers at %s: %s'),

  // Contracts
  STANDIN_ERR_PACT_UNREADABLE: define('STANDIN_ERR_PACT_UNREADABLE', '%s cannot be read as a pact: %s'),
  STANDIN_ERR_BROKER_CONFIG: define('STANDIN_ERR_BROKER_CONFIG', '%s'),
  STANDIN_ERR_BROKER_UNREACHABLE: define(
    'STANDIN_ERR_BROKER_UNREACHABLE',
    'The Pact Broker at %s cannot be reached: %s',
  ),
  STANDIN_ERR_BROKER_UNAUTHORIZED: define(
    'STANDIN_ERR_BROKER_UNAUTHORIZED',
    'The Pact Broker at %s answered %s: its credentials are missing or not accepted. Set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.',
  ),
  STANDIN_ERR_BROKER_NOT_FOUND: define('STANDIN_ERR_BROKER_NOT_FOUND', 'The Pact Broker at %s knows no %s'),
  STANDIN_ERR_BROKER_CONFLICT: define(
    'STANDIN_ERR_BROKER_CONFLICT',
    'The Pact Broker at %s refused a conflict: %s',
  ),
  STANDIN_ERR_BROKER_REFUSED: define('STANDIN_ERR_BROKER_REFUSED', 'The Pact Broker at %s answered %s: %s'),
  STANDIN_ERR_BROKER_FAILED: define('STANDIN_ERR_BROKER_FAILED', 'The Pact Broker at %s failed with %s: %s'),
  STANDIN_ERR_BROKER_REPLY: define('STANDIN_ERR_BROKER_REPLY', 'What answered at %s is no Pact Broker: %s'),
  STANDIN_ERR_BROKER_ENVIRONMENT: define(
    'STANDIN_ERR_BROKER_ENVIRONMENT',
    'The Pact Broker has no environment %s for %s; it has: %s',
  ),

  STANDIN_ERR_CONTRACT_EMPTY: define('STANDIN_ERR_CONTRACT_EMPTY', '%s'),
  STANDIN_ERR_STATES: define('STANDIN_ERR_STATES', '%s: %s'),
  STANDIN_ERR_PROVIDER_UNREACHABLE: define(
    'STANDIN_ERR_PROVIDER_UNREACHABLE',
    'Nothing was verified, since the provider at %s cannot be reached: %s',
  ),
  STANDIN_ERR_VERIFIER: define('STANDIN_ERR_VERIFIER', "Pact's verifier gave no result: %s"),
  STANDIN_ERR_RECORD: define('STANDIN_ERR_RECORD', 'What was recorded cannot be kept in %s: %s'),

  // Store
  STANDIN_ERR_STORE_LOCKED: define(
    'STANDIN_ERR_STORE_LOCKED',
    'The store %s is in use by process %s. Stop it, or give this one a folder of its own with --store DIR.',
  ),
  STANDIN_ERR_STORE_UNWRITABLE: define(
    'STANDIN_ERR_STORE_UNWRITABLE',
    'Cannot write to the store %s (%s). Give a folder that can be written with --store DIR, or --store memory.',
  ),
  STANDIN_ERR_STORE_UNREADABLE: define(
    'STANDIN_ERR_STORE_UNREADABLE',
    'Cannot read %s of the store (%s). Give its files to the user that runs this, or name another folder with --store DIR.',
  ),
  STANDIN_ERR_STORE_WRITE: define(
    'STANDIN_ERR_STORE_WRITE',
    'The change was not kept, since the store %s could not be written (%s). Make room or mend the disk and try again; no restart is needed.',
    503,
  ),
  STANDIN_ERR_STORE_CLOSED: define('STANDIN_ERR_STORE_CLOSED', 'The store %s is closed.', 503),
  STANDIN_ERR_EXAMPLE_UNKNOWN: define(
    'STANDIN_ERR_EXAMPLE_UNKNOWN',
    'There is no operation "%s" to set an example of. The nearest is "%s".',
    404,
  ),
  STANDIN_ERR_STORE_UNREACHABLE: define(
    'STANDIN_ERR_STORE_UNREACHABLE',
    'The store %s cannot be reached: %s.',
    503,
  ),
  STANDIN_ERR_STORE_UNCERTAIN: define(
    'STANDIN_ERR_STORE_UNCERTAIN',
    'It is not known whether the store %s keeps the change: %s. Look before you make it again.',
    503,
  ),
  STANDIN_ERR_STORE_ACCESS: define(
    'STANDIN_ERR_STORE_ACCESS',
    'The store %s does not let Standin in (%s). Correct the user and the password in its URL, redis://USER:PASSWORD@HOST, or what the user may do (ACL).',
    503,
  ),
  STANDIN_ERR_STORE_READONLY: define(
    'STANDIN_ERR_STORE_READONLY',
    'The store %s takes no changes, since it is a replica of another Redis (%s). Name the one that takes them.',
    503,
  ),
  STANDIN_ERR_STORE_FULL: define(
    'STANDIN_ERR_STORE_FULL',
    'The change was not kept, since the store %s is full (%s). Drop sessions that are over, or raise its maxmemory; no restart is needed.',
    503,
  ),
  STANDIN_ERR_STORE_FOREIGN: define(
    'STANDIN_ERR_STORE_FOREIGN',
    'The store %s holds something that is not of this Standin at the key %s (%s). Give Standin a prefix of its own with ?prefix=NAME at the end of the URL, or remove the key.',
    503,
  ),
  STANDIN_ERR_STORE_CLUSTER: define(
    'STANDIN_ERR_STORE_CLUSTER',
    'The store %s is of a cluster that does not serve all keys now (%s). Try again, or mend the cluster.',
    503,
  ),
  STANDIN_ERR_STORE_TLS: define(
    'STANDIN_ERR_STORE_TLS',
    'The connection to the store %s cannot be secured: %s.',
    503,
  ),
  STANDIN_ERR_STORE_PROMISE: define(
    'STANDIN_ERR_STORE_PROMISE',
    'The store %s cannot promise what is asked of it: %s.',
    503,
  ),
  STANDIN_ERR_STORE_LOCATION: define(
    'STANDIN_ERR_STORE_LOCATION',
    'A store cannot be at %s: %s. Give a folder, the word memory, or redis[s]://[USER:PASSWORD@]HOST[:PORT][,HOST:PORT…][/DATABASE][?prefix=NAME].',
  ),
} as const satisfies Record<string, FastifyErrorConstructor>

export type ErrorCode = keyof typeof errors
