"""Lexicon rows out of what is known: spun texts beside their originals, and people's decisions.

``alignment`` finds what was put for what, ``pairs`` makes a lexicon's row of it, ``lessons`` says
where it was seen, ``tally`` counts, and ``table`` keeps the counts in a lexicon file.
"""
