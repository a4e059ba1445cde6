"""What the broker does for the budget in one step, so that no two workers get the same request."""

# Reads the pace: half after a refusal, then back bit by bit. Needs `kept`, `now` and `back`.
PACE = """
local pace = tonumber(kept[3]) or 1
local slowed_at = tonumber(kept[4]) or now
pace = math.min(1, pace + math.max(0, now - slowed_at) * back)
"""

# KEYS: bucket, pause, requests under way. ARGV: tokens a second (0: no limit), most tokens, tokens
# to leave, most under way, seconds a lease lasts, our lease, pace that comes back in a second.
# Answers the seconds to wait.
TAKE = f"""
local paused = redis.call('PTTL', KEYS[2])
if paused > 0 then return tostring(paused / 1000) end
local rate, burst, left = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local most, lasts, back = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[7])
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - lasts)
if redis.call('ZCARD', KEYS[3]) >= most then return '0.05' end
if rate > 0 then
  local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'pace', 'slowed_at')
  {PACE}
  rate = rate * pace
  local tokens = tonumber(kept[1]) or burst
  local at = tonumber(kept[2]) or now
  tokens = math.min(burst, tokens + math.max(0, now - at) * rate)
  local wait = 0
  if tokens >= 1 + left then tokens = tokens - 1 else wait = (1 + left - tokens) / rate end
  redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
  redis.call('PEXPIRE', KEYS[1], 1800000)
  if wait > 0 then return tostring(wait) end
end
redis.call('ZADD', KEYS[3], string.format('%.6f', now), ARGV[6])
redis.call('PEXPIRE', KEYS[3], lasts * 1000)
return '0'
"""

# KEYS: requests under way. ARGV: our lease.
DONE = "return redis.call('ZREM', KEYS[1], ARGV[1])"

# KEYS: bucket, pause. ARGV: milliseconds, slowest pace, pace that comes back in a second. Refusals
# of requests that were under way together slow us down once.
PAUSE = f"""
local paused = redis.call('PTTL', KEYS[2])
if paused <= 0 then
  local back = tonumber(ARGV[3])
  local time = redis.call('TIME')
  local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
  local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'pace', 'slowed_at')
  {PACE}
  pace = math.max(tonumber(ARGV[2]), pace / 2)
  redis.call('HSET', KEYS[1], 'pace', tostring(pace), 'slowed_at', string.format('%.6f', now))
  redis.call('PEXPIRE', KEYS[1], 1800000)
end
if paused < tonumber(ARGV[1]) then redis.call('SET', KEYS[2], 1, 'PX', ARGV[1]) end
return '0'
"""
