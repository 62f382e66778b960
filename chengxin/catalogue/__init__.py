"""The catalogue: what may be collected, on which law, from whom, shown how, kept how long."""
