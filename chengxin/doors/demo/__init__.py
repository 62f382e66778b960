"""The invented city: its generator, and a sign-in that production has no trace of."""
