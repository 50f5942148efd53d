"""Training: how collocations, the judges and any small model are made. Imported by cli/train only."""
