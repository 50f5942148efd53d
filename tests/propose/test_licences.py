from __future__ import annotations

import pytest

from despin.document import Document
from despin.propose.boilerplate import BoilerplateProposer

LINE = "Copyright 2019 Jane Doe. All rights reserved."


def found(text: str) -> list[str]:
    findings = BoilerplateProposer().propose(Document("-", text))
    return [f.best.edit.before.strip() for f in findings if f.best]


@pytest.mark.parametrize(
    "grant",
    [
        "Permission is hereby granted, free of charge, to every rower of the harbour.",
        "Permission to use, copy, and lend this table is given to all.",
        "Redistribution and use in print and on screens are permitted.",
        "Redistributions of source tables keep the line above.",
        "Licensed under the Apache License, Version 2.0.",
        "This software is provided as it is, and may leak.",
        "This file is part of the tide tables.",
        "This product includes software that the harbour wrote.",
        "Use of this source code is governed by the licence beside it.",
        "See the LICENSE file beside the boat.",
    ],
)
@pytest.mark.parametrize(
    "between", ["\n", "\n\n", "\n\n© 2020 John Roe\n\n", "\nAll rights reserved.\n"]
)
def test_a_copyright_line_above_what_a_licence_grants_stays(grant: str, between: str) -> None:
    assert found(f"{LINE}{between}{grant}\n") == []
    assert found(f"# {LINE}\n#\n# {grant}\n") == []


@pytest.mark.parametrize(
    "under",
    [
        "",
        "This material may not be published or rewritten.",
        "This work is licensed under a Creative Commons licence.",
        "Licensed under a Creative Commons licence.",
        "You may not use this article without a letter of ours.",
        "The software is old, said the harbour master.",
    ],
)
def test_another_copyright_line_goes(under: str) -> None:
    assert found(f"The ferry stopped on Monday.\n\n{LINE}\n\n{under}\n") == [LINE]


def test_a_licence_that_an_article_quotes_keeps_its_line_and_the_article_loses_its_own() -> None:
    quoted = f"{LINE}\n\nPermission is hereby granted to every rower.\n"
    assert found(f"The ferry's tables are free now.\n\n{quoted}\n© 2021 The Bay Paper\n") == [
        "© 2021 The Bay Paper"
    ]
