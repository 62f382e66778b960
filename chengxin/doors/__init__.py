"""Every way in and out: pages, machine interface, commands. No decision is made here."""
