"""Run the command line as ``python -m graphgrad``, where scripts are blocked."""

from graphgrad.cli.program import main

if __name__ == "__main__":
    main()
