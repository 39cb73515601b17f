"""The event log: who did or saw what, when and why, as a hash chain over pseudonyms."""
