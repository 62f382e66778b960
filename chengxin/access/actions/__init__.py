"""Every write of the room access: reads that leave a look, and erasing a person."""
