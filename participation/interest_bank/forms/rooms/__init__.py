"""Forms of the coordinator's rooms: searches, notes, assisted sign-up, imports, pairs."""
