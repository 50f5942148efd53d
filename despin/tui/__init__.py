"""The reviewer: a Textual app in which a person decides what `despin.pipeline` found.

`session`, `moves`, `changes`, `merging`, `runs`, `views` and `details` know no Textual: what the
reviewer does is plain functions on frozen values. `app`, `screens` and `widgets` show them.
"""
