"""The plain rules of collection: one row at a time, in the words of the law. `screening` repeats them by the column."""
