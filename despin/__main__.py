"""``python -m despin`` and the ``despin`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; Ctrl-C is quiet even while modules are still loading."""
    try:
        from despin.cli import cli

        cli(prog_name="despin")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
