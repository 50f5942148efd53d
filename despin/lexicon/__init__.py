"""Substitution lexicons: which words a spinner may have written for which."""
