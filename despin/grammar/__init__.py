"""LanguageTool: one server a machine, asked for matches, and every edit checked by it.

`despin.grammar.server` opens a checker; `despin.propose.grammar` makes findings of what it says,
and `despin.grammar.edit_check` asks it about edits that were accepted.
"""
