"""The survey inventory: which surveys exist where, for whom, what they found, what is done."""
