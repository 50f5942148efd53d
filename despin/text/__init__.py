"""Looking at text: tokens, sentences, quotations, names, language."""
