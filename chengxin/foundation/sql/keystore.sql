-- The key store: wrapped keys of persons, files, quarantines and complaints without a name, in a database apart from what they open (F7).

CREATE TABLE IF NOT EXISTS held_key (
  owner_kind text NOT NULL,
  owner_id uuid NOT NULL,
  wrapped bytea NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT held_key_pkey PRIMARY KEY (owner_kind, owner_id),
  CONSTRAINT held_key_kind_is_known CHECK (owner_kind IN ('person', 'file', 'quarantine', 'complaint'))
);

-- Nobody overwrites a key: erasing is the one change there is, and it is the disposer's.
REVOKE ALL ON held_key FROM PUBLIC, chengxin_web, chengxin_intake, chengxin_disposer;
GRANT SELECT, INSERT ON held_key TO chengxin_web, chengxin_intake;
GRANT SELECT, DELETE ON held_key TO chengxin_disposer;
