-- Gives a lock back if it is still this claim's, and closes the record to late copies of its acquire.
-- KEYS lock, record   ARGV id, nonce, keep
-- Answers 'deleted', 'gone': it was this claim's and the lock had gone already, or 'other'.
local owner = redis.call('GET', KEYS[1])
local n, f, s, p = string.match(redis.call('GET', KEYS[2]) or '', '^(%S+) (%d+) (%S+) (%S+)')
if n ~= ARGV[2] or s == 'closed' then return 'other' end
local held = owner == ARGV[1] and redis.call('PTTL', KEYS[2]) > tonumber(ARGV[3])
if held then redis.call('DEL', KEYS[1]) end
redis.pcall('SET', KEYS[2], n .. ' ' .. f .. ' closed ' .. p, 'PX', ARGV[3])
return held and 'deleted' or 'gone'
