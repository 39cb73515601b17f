"""Pure rules of the county file: reading it with line numbers, and what each section may hold."""
