"""Fair selection: who gets the seats when more people want them than there are."""
