import { script } from './script.js'

/**
 * Adds to numbers in a hash, of which each group has only so many different ones.
 * Uses `ARGV[at]` = how many, then field, times, group (or ''), most in turn.
 */
const ADD_COUNTS = `local function addCounts(key, at)
  for i = at + 1, at + 4 * tonumber(ARGV[at]), 4 do
    local field, group = ARGV[i], ARGV[i + 2]
    local fits = true
    if group ~= '' and redis.call('HEXISTS', key, field) == 0 then
      local size = '#' .. group
      fits = tonumber(redis.call('HGET', key, size) or 0) < tonumber(ARGV[i + 3])
      if fits then redis.call('HINCRBY', key, size, 1) end
    end
    if fits then redis.call('HINCRBY', key, field, ARGV[i + 1]) end
  end
end
`

/**
 * Writes a batch of one process: calls with numbers that grow by one, as one entry under the number of the
 * last; ends of calls that were written before; numbers of the tally. Done once, however often it is asked
 * for: who asks cannot know whether a connection broke before or after. Entries of which no call is to be
 * kept any more make room. Returns the number of the first call.
 *
 * Keys: the stream, its head, the tally. Values: writer, number of the batch, calls to keep, a token for a
 * journal that begins, the channel, calls that were lost; how many calls, their text; how many ends, number
 * and milliseconds in turn; counts.
 */
export const APPEND = script(
  'append-calls',
  `${ADD_COUNTS}
local stream, head, writer = KEYS[1], KEYS[2], 'by:' .. ARGV[1]
local last, token, base, gone, before = unpack(redis.call('HMGET', head, 'last', 'token', 'base', 'gone', writer))
if before then
  local colon = string.find(before, ':', 1, true)
  if string.sub(before, 1, colon - 1) == ARGV[2] then return tonumber(string.sub(before, colon + 1)) end
end
last = tonumber(last or 0)
base = tonumber(base or 0)
if not token then redis.call('HSET', head, 'token', ARGV[4]) end
if gone then
  redis.call('HDEL', head, 'gone')
  redis.call('PERSIST', head)
end
local first, calls = last + 1, tonumber(ARGV[7])
last = last + calls
local before_kept = math.max(0, last - tonumber(ARGV[3]))
if calls > 0 then
  redis.call('XADD', stream, 'MINID', '=', string.format('%d', before_kept + 1), string.format('%d-0', last),
    'calls', ARGV[8], 'count', ARGV[7])
end
local ends = tonumber(ARGV[9])
for i = 1, ends do
  local number = tonumber(ARGV[8 + 2 * i])
  if number > base and number > before_kept then
    redis.call('XADD', stream, string.format('%d-*', last), 'end', ARGV[8 + 2 * i], 'took', ARGV[9 + 2 * i])
  end
end
addCounts(KEYS[3], 10 + 2 * ends)
redis.call('HSET', head, 'last', last, writer, ARGV[2] .. ':' .. first)
if ARGV[6] ~= '0' then redis.call('HINCRBY', head, 'lost', ARGV[6]) end
redis.call('PUBLISH', ARGV[5], 'more')
return first`,
)

/**
 * Reads what came after an entry. Keys: the stream, its head. Values: the token that is known, the entry's
 * id, how many at most. Begins anew where the token is another by now.
 */
export const READ = script(
  'read-calls',
  `local head = redis.call('HMGET', KEYS[2], 'token', 'last', 'base', 'lost')
local from = '-'
if head[1] == ARGV[1] and ARGV[2] ~= '' then from = '(' .. ARGV[2] end
return { head[1] or '', head[2] or '0', head[3] or '0', head[4] or '0', redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[3]) }`,
)

/**
 * Forgets all calls, in a full Redis too; numbers go on. Keys: the stream, its head, the tally. Values: a new token, the channel,
 * what to tell there, seconds after which the head goes too (0 keeps it).
 */
export const FORGET = script(
  'forget-calls',
  `#!lua flags=allow-oom
redis.call('DEL', KEYS[1], KEYS[3])
local last = redis.call('HGET', KEYS[2], 'last') or '0'
redis.call('HSET', KEYS[2], 'base', last, 'token', ARGV[1])
redis.call('HDEL', KEYS[2], 'lost')
if ARGV[4] ~= '0' then
  redis.call('HSET', KEYS[2], 'gone', '1')
  redis.call('EXPIRE', KEYS[2], ARGV[4])
end
return redis.call('PUBLISH', ARGV[2], ARGV[3])`,
)

/** Adds to the tally of all sessions, once for each batch. Key: the tally. Values: writer, number of the batch; counts. */
export const COUNT = script(
  'count-calls',
  `${ADD_COUNTS}
local writer = '#by:' .. ARGV[1]
if redis.call('HGET', KEYS[1], writer) == ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], writer, ARGV[2])
addCounts(KEYS[1], 3)
return 1`,
)

/**
 * Begins to count anew where none of those who count together is alive any more. Keys: those who count, the
 * replicas by when they were last heard of, the tally. Values: the replica, milliseconds after which one is
 * taken for gone, 1 where the replica has counted before: after Redis was away nobody seems alive, and yet
 * they go on.
 */
export const BEGIN_COUNTING = script(
  'begin-counting',
  `local time = redis.call('TIME')
local since = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[2]
local others = 0
for _, one in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local heard = redis.call('ZSCORE', KEYS[2], one)
  if heard and tonumber(heard) >= since and one ~= ARGV[1] then others = others + 1
  else redis.call('SREM', KEYS[1], one) end
end
if others == 0 and ARGV[3] ~= '1' then redis.call('DEL', KEYS[3]) end
return redis.call('SADD', KEYS[1], ARGV[1])`,
)
