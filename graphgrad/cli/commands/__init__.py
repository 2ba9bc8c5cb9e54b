"""Hold the commands, one module each.

In: what was typed after the name of the command.
Out: text, files, an exit status.
Start: the module of the command's name.
"""
