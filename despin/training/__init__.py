"""Training: how collocations, the judges and any small model are made.

Only ``cli/train.py`` imports it, when asked.
"""
