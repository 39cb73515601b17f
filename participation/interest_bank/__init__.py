"""The interest bank: people with experience who want to be asked (DOMAIN.md, model point 1)."""
