"""Every read of identities and of mandates, by noun."""
