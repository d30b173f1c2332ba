"""What pages and the command line read: plain data for one person, always through `access`."""
