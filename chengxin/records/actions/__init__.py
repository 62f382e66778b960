"""Every write of the ledger: marks, withdrawal, recall, disposal, erasure; bulk append for intake."""
