-- Tells the holder, by its record, that a superseder waits.
-- KEYS lock, record   ARGV id and nonce of the holder, keep
-- Answers 'asked', 'moved': another holds the chat, or nobody, or 'plain': the holder keeps no record.
local owner = redis.call('GET', KEYS[1])
local n, f, s, p = string.match(redis.call('GET', KEYS[2]) or '', '^(%S+) (%d+) (%S+) (%S+)')
local known = n and s ~= 'closed' and redis.call('PTTL', KEYS[2]) > tonumber(ARGV[3])
if owner ~= ARGV[1] or (known and n or '-') ~= ARGV[2] then return 'moved' end
if not known then return 'plain' end
redis.call('SET', KEYS[2], n .. ' ' .. f .. ' asked ' .. p, 'KEEPTTL')
return 'asked'
