"""Activities: from an organisation's request to invited, informed people and what it led to."""
