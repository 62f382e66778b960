"""Every write about identities: one at a time, in bulk for intake, and erasing."""
