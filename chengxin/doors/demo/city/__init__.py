"""An invented city: people, offices and the files their clerks send, all from a seed. Nobody and nothing in it exists."""
