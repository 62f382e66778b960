"""Words of the room remedies: who acts, clocks, workflows, letters, repair. Pure: no file, no clock, no table."""
