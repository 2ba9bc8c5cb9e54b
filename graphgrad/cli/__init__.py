"""The command line: one lazily loaded module per command, worded in English and Spanish.

A command is a module that exposes `command`, built with `graphgrad.cli.command`::

    from graphgrad.cli.command import argument, command_of, flag, option
    from graphgrad.cli.output import write

    @command_of("render", example="graphgrad render samples/xor.gg -o xor.svg")
    @argument("file", metavar="word.file", help="argument.file")
    @option("-o", "--output", metavar="word.file", help="render.option.output", required=True)
    @option("--step", kind=Whole(0), metavar="word.whole", help="render.option.step")
    @flag("--json", name="as_json", help="option.json")
    def command(file: str, output: str, step: int | None, as_json: bool) -> int:
        \"\"\"Write the figure of a file.\"\"\"
        write("...")            # text on standard output, UTF-8 everywhere
        return 0                # the exit status; None is 0

- Its place in the table: `graphgrad.cli.table.COMMANDS`, name -> module. Nothing is imported before
  the command is called, so a command module may import what it needs at its top.
- Its words: `command.NAME.short` (the line in `graphgrad --help`, in messages/commands.py),
  `command.NAME.help` (a paragraph or more) and the ids given as ``help=``, in any area of the
  catalogue. ``metavar`` is an id as well (`word.*` in messages/commands.py). The example is one or
  more whole command lines, the same in every language.
- Shared options, each a decorator: `graphgrad.cli.options` (``--set``, ``--wrt``, ``--detail``,
  ``--row``, ``--json``, ``--exact``, FILE or ``-e TEXT``); `graphgrad.cli.reading` turns them into
  a graph, a point and a trace. ``--lang`` is there by itself.
- Its errors: raise a `GraphgradError`; the edge words it on stderr as one paragraph and exits with
  its `exit_status`. Kinds of values: `OneOf`, `Whole`, `Real` of `graphgrad.cli.kinds`.
- Its tests: ``CliRunner().invoke(program, ["render", "--lang", "es", ...])`` with `program` of
  `graphgrad.cli.program`; or a subprocess of ``python -m graphgrad``.
"""

from graphgrad.cli.program import main, program

__all__ = ["main", "program"]
