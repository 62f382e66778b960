"""Words and arithmetic that every room shares. Imports the standard library only; see README.md."""
