"""Pure rules of accounts: sessions, passwords, codes, throttles, roles and the start page."""
