"""The long proofs of `make prove`: each module here has `TITLE` and `run() -> str`, which raises where the proof fails."""
