"""Action plans: what each group has decided to do, for a period, in both of the county's forms."""
