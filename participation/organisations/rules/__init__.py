"""Pure rules of user organisations: states and words of nominations and applications."""
