import t from 'tap'
import { disconnection, refusal } from '../../../src/store/redis/refusals.js'

const PLACE = ' script: 0123456789012345678901234567890123456789, on @user_script:32.'

void t.test('each way in which Redis refuses has an error of its own', async (t) => {
  for (const [said, code] of [
    ['WRONGPASS invalid username-password pair or user is disabled.', 'ACCESS'],
    ['NOAUTH Authentication required.', 'ACCESS'],
    [`NOPERM User standin has no permissions to run the 'evalsha' command`, 'ACCESS'],
    ['ERR AUTH <password> called without any password configured for the default user.', 'ACCESS'],
    [`READONLY You can't write against a read only replica.${PLACE}`, 'READONLY'],
    [`OOM command not allowed when used memory > 'maxmemory'.${PLACE}`, 'FULL'],
    [`WRONGTYPE Operation against a key holding the wrong kind of value${PLACE}`, 'FOREIGN'],
    ['MOVED 3999 10.0.0.2:6381', 'CLUSTER'],
    ['CLUSTERDOWN Hash slot not served', 'CLUSTER'],
    ["CROSSSLOT Keys in request don't hash to the same slot", 'CLUSTER'],
    ['LOADING Redis is loading the dataset in memory', 'UNREACHABLE'],
    ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", 'UNREACHABLE'],
    ['BUSY Redis is busy running a script. You can only call SCRIPT KILL.', 'UNREACHABLE'],
  ] as const) {
    const error = refusal('redis://cache', said, ['a-key'])
    t.match(error, { code: `STANDIN_ERR_STORE_${code}`, statusCode: 503 }, said)
    t.match(error?.message, /redis:\/\/cache/)
    t.notMatch(error?.message, /user_script|\.\)|undefined/)
    if (code === 'FOREIGN') t.match(error?.message, /the key a-key/)
  }
  t.equal(refusal('redis://cache', 'ERR syntax error'), undefined)
  t.equal(refusal('redis://cache', 'the connection was closed'), undefined)
})

void t.test('why there is no connection', async (t) => {
  for (const [error, words] of [
    [new Error('connect ECONNREFUSED 127.0.0.1:1'), 'connect ECONNREFUSED 127.0.0.1:1'],
    [new AggregateError([new Error('no ::1'), new Error('no 127.0.0.1')]), 'no ::1, no 127.0.0.1'],
    [new Error('Connection is closed.'), 'the connection was closed'],
    [new Error(''), 'the connection was closed'],
    ['as a text', 'as a text'],
  ] as const) {
    t.equal(disconnection(error), words)
  }
})
