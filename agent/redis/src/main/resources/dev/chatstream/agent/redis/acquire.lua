-- Takes a chat that is free, this claim's already, or still held by the holder to overrule.
-- KEYS lock, record   ARGV id, nonce, ttl, keep [, id and nonce ('-': none) of the holder to overrule]
-- Answers {'won', fence}, {'busy', id, nonce of the holder}, or {'closed'}: a late copy of an acquire already given back.
-- Reads first, writes the record, and writes the lock last: a denied command or OOM leaves no lock behind.
local owner = redis.call('GET', KEYS[1])
local n, f, s, p = string.match(redis.call('GET', KEYS[2]) or '', '^(%S+) (%d+) (%S+) (%S+)')
local mine = n == ARGV[2] and s ~= 'closed'
if n == ARGV[2] and s == 'closed' then return {'closed'} end
local known = n and s ~= 'closed' and redis.call('PTTL', KEYS[2]) > tonumber(ARGV[4])
local over = owner and owner == ARGV[5] and (known and n or '-') == ARGV[6]
if owner and not over and not (owner == ARGV[1] and mine and known) then return {'busy', owner, known and n or '-'} end
local t = redis.call('TIME')
local fence = mine and f or string.format('%.0f', math.max((tonumber(f) or 0) + 1, t[1] * 1000000 + t[2]))
redis.call('SET', KEYS[2], ARGV[2] .. ' ' .. fence .. ' open ' .. (over and ARGV[6] or mine and p or '-'), 'PX', ARGV[3] + ARGV[4])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return {'won', fence}
