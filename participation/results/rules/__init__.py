"""Pure rules of results: uncertainty, tables of a round, findings as readers see them."""
