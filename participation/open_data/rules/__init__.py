"""What open data is made of, said once: code, document and page are read from it."""
