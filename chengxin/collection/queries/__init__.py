"""Every read of collection: batches and their progress, held rows, supply."""
