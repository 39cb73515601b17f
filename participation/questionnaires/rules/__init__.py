"""Pure rules of questionnaires: content, kinds of questions, relevance, codes, rounds."""
