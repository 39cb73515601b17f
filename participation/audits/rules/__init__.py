"""Pure rules of audits."""
