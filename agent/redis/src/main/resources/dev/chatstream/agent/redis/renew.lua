-- Renews leases, each by itself: one bad key costs its neighbours nothing.
-- KEYS lock, record, lock, record … (one slot)   ARGV ttl, keep, then for each lease: id, nonce, fence, again
-- again: 0 never take again; 1 unless another came between; 2 also when Redis has forgotten who came
-- Answers for each lease 'renewed', 'again', 'superseded', 'lost', 'gone', or the text of an error.
-- An ordinary renewal is two PEXPIRE: they pass under OOM, where SET does not.
local answers = {}
for i = 1, #KEYS / 2 do
  local lock, record = KEYS[2 * i - 1], KEYS[2 * i]
  local id, nonce, fence, again = ARGV[4 * i - 1], ARGV[4 * i], ARGV[4 * i + 1], tonumber(ARGV[4 * i + 2])
  local failure
  local function call(...)
    local r = redis.pcall(...)
    if type(r) == 'table' and r.err then failure = failure or r.err; return false end
    return r
  end
  local owner, rec = call('GET', lock), call('GET', record)
  local n, f, s, prev = string.match(rec or '', '^(%S+) (%d+) (%S+) (%S+)')
  local mine = n == nonce and f == fence and s ~= 'closed'
  local forgot = not n or n ~= nonce and tonumber(f) < tonumber(fence)
  local answer
  if failure then
    answer = failure
  elseif owner == id and mine and (call('PTTL', record) or 0) > tonumber(ARGV[2]) then
    call('PEXPIRE', record, ARGV[1] + ARGV[2])
    call('PEXPIRE', lock, ARGV[1])
    answer = 'renewed'
  elseif not owner and (mine and again >= 1 or forgot and again == 2) then
    if call('SET', record, nonce .. ' ' .. fence .. ' open -', 'PX', ARGV[1] + ARGV[2]) then call('SET', lock, id, 'PX', ARGV[1]) end
    answer = 'again'
  else
    answer = prev == nonce and 'superseded' or owner and 'lost' or 'gone'
  end
  answers[i] = failure or answer
end
return answers
