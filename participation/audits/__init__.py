"""User-directed audits: from a unit's order to the follow-up, led by people with own experience."""
