"""What every floor stands on: database, permissions, forms, languages, mail, jobs, log."""
