"""Which lines the pattern rules read, and which they leave alone as code."""

from __future__ import annotations

import pytest

from despin.propose.code_lines import looks_like_code

PROSE = (
    "The bridge cost $3 billion.Nobody paid.",
    "It cost $5 and was worth half of that.",
    "Tickets are $2.50, boxes $1,200 and the hall US$5m.",
    "A A$4 fare, a $US20 one, a HK$3 one and a $ 7,500 one.",
    "Tickets cost$12, which was half of what they had been, or $10for the children.",
    "A $50K hall, a $2.6B bridge and T$3.9 in change",
    "A $10-a-day habit grew to a $2bn debt.",
    "Fares rose from $5-$10 to $12.",
    "The tower fell in 1702.[^1] Its bells were never found.[^12]",
    "The tower^1 fell, and that was the end of the bells.”^2",
    "^ Lane, The Towers of the Coast, page 12, where she has the date.",
    "> The ferry stopped ,and the crew were sent home.",
    "> > He said that the crew were sent home.",
    "By Jane Doe | 3 May 2021",
    "Published by Jane Doe | The Harbour Paper",
    "About ~20 per cent of the crew were sent home, ~$3bn of it lost.",
    "It was a _very_ bad day for the crew, _and for the ship_, she said.",
    "The cat was just what she isn't _ a cat that hunts.",
    "The effect was small (p < 0.05), and the rest of them (>50 years) had none.",
    "HARBOUR, Maine (AP) _ The crew of the ferry was told that it was sold.",
    'The mayor _ "a man of the sea," his wife said _ was the last of them.',
    "Blackberry had a small share (<.5%) of the market.",
    "See [the map](https://a.example/x_y?z=1) of the town, `x = 1` and all.",
    "\tThe ferry left the quay at noon , and nobody on it was hurt.",
    "    “Nobody was hurt , and that was the luck of the day.”",
)
CODE = (
    "echo $1 , $2",
    "$5 , $6",
    "The name $x , which",
    "Put $PATH_TO and the rest of the words there.",
    "Let $5 < x < 10$ be the range of the sum that was chosen.",
    "the set of $5$ numbers that were drawn",
    "the angle $3.14$ of the slope that he has",
    "$100$ of the balls were red",
    "print $10_name , of the",
    "awk '{print $1}' of the file that was read",
    "x = $5 * y[^1]",
    "s/a/[^1]/ , b",
    "the value of x^2 that was given",
    "the number 2^53 of the set was",
    ">>> print the sum of the parts",
    ">     indented , code of the mail that was sent",
    "> echo one , two",
    "cat a > 2 , b",
    "| Name | Age | of the men that were there",
    "Name | Age | Town",
    "By | the | of",
    "dmesg | tail shows the end of the log that was kept",
    "git show HEAD~1 , and the rest of the tree that was",
    "cd ~/notes , where the rest of them are",
    "for _ in range(3)",
    "def __init__ , of the class that was",
    "the snake_case_name of the thing that was",
    "<5> of the tags that were",
    "<b>the</b> end of the line that was",
    "if a < 5 , b > 3",
    "select * from towns where size > 5 and x < 3",
    "    total = of the",
    "    # the total of the rows",
    "\tgit add . ; the rest of the tree that was",
)


@pytest.mark.parametrize("line", PROSE)
def test_marks_that_prose_has_are_no_code(line: str) -> None:
    assert not looks_like_code(line)


@pytest.mark.parametrize("line", CODE)
def test_code_commands_tables_and_formulas_are(line: str) -> None:
    assert looks_like_code(line)
