import { script } from './script.js'

/**
 * The state of a session in Redis is two keys. A hash holds each document that the session changed (see
 * field.ts) and, as `version`, `EPOCH:COUNTER`: the counter grows by one with each commit, and the epoch is
 * made up when the hash is, so that a session that was reset is never taken for what it was before. A list
 * holds the fields that each of the last commits wrote, the newest first.
 */
const SINCE = `local function since(known)
  local version = redis.call('HGET', KEYS[1], 'version') or ''
  if version == known then return 0 end
  local epoch, counter = string.match(version, '^(.-):(%d+)$')
  local knownEpoch, knownCounter = string.match(known, '^(.-):(%d+)$')
  if epoch and epoch == knownEpoch then
    local missed = counter - knownCounter
    local commits = missed > 0 and redis.call('LRANGE', KEYS[2], 0, missed - 1) or {}
    if missed > 0 and #commits == missed then
      local fields, seen = {}, {}
      for _, commit in ipairs(commits) do
        if commit == '*' then fields = nil break end
        for field in string.gmatch(commit, '[^\\n]+') do
          if not seen[field] then
            seen[field] = true
            fields[#fields + 1] = field
          end
        end
      end
      if fields then
        local values = {}
        for from = 1, #fields, 1000 do
          local part = redis.call('HMGET', KEYS[1], unpack(fields, from, math.min(from + 999, #fields)))
          for _, value in ipairs(part) do values[#values + 1] = value end
        end
        return {version, fields, values}
      end
    end
  end
  return {version, redis.call('HGETALL', KEYS[1])}
end
`

/**
 * What has happened to a session since a version (ARGV[1]; empty where there was nothing): 0 where nothing
 * has; else the version with the fields that were changed and their values, null where there is none any
 * more; or the version with the whole hash.
 */
export const CHANGES_SINCE = script('changes', `${SINCE}return since(ARGV[1])`)

/**
 * Commits changes that were made on a version (ARGV[1]), which makes it another (ARGV[2]): 0 when that is
 * done; else nothing is written, and the answer is that of {@link CHANGES_SINCE}. ARGV[3] is the commit's
 * entry of the log, which keeps ARGV[4] of them; ARGV[5] says how many fields follow that are to go, before
 * the fields and values that are to be set. Sets first: where Redis takes no writes, that is what it refuses.
 */
export const COMMIT = script(
  'commit',
  `${SINCE}local news = since(ARGV[1])
if news ~= 0 then return news end
local sets = 6 + ARGV[5]
redis.call('HSET', KEYS[1], 'version', ARGV[2], unpack(ARGV, sets, math.min(sets + 1999, #ARGV)))
for from = sets + 2000, #ARGV, 2000 do
  redis.call('HSET', KEYS[1], unpack(ARGV, from, math.min(from + 1999, #ARGV)))
end
for from = 6, sets - 1, 1000 do
  redis.call('HDEL', KEYS[1], unpack(ARGV, from, math.min(from + 999, sets - 1)))
end
redis.call('LPUSH', KEYS[2], ARGV[3])
redis.call('LTRIM', KEYS[2], 0, ARGV[4] - 1)
return 0`,
)

/** Has a session be as it starts. */
export const RESET = script('reset', `return redis.call('UNLINK', KEYS[1], KEYS[2])`)
