"""The publication gate and its ledger. Knows tables and releases, not where they come from."""
