"""Who somebody is: accounts, sign-in, sessions, roles, the start page and one's own data."""
