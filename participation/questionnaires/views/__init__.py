"""Pages: answering without an account, and the coordinators' work with questionnaires."""
