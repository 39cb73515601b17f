"""Who owes an answer, to whom, by when: one mechanism for every promise in the house."""
