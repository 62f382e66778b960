"""Every write of collection: taking files, screening them chunk by chunk, and what people decide afterwards."""
