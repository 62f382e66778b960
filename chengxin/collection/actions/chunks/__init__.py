"""One chunk from screened columns to the ledger: hash, look up, plan, seal and encode, commit."""
