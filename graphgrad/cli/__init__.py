"""Run graphgrad from the command line.

In: words.
Out: text on the standard output, files, an exit status.
Start: `program.py`, then the command in `commands/` or `exercise_commands/`.
Click enters here alone; a command is imported when it is called.
"""
