"""Pure disclosure control: tables, thresholds, suppression, and what two releases give away."""
