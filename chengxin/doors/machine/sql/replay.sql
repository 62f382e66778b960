-- A mark is a keyed digest of 16 bytes, and so is the body that stands beside the key of a request; a nonce has none.
ALTER TABLE machine_replay
  ADD CONSTRAINT machine_replay_mark_is_a_digest CHECK (octet_length(mark) = 16),
  ADD CONSTRAINT machine_replay_body_is_a_digest CHECK (octet_length(body) IN (0, 16));
