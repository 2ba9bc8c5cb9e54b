"""What an editor asks about a file that is being typed, and the server that answers.

In: the text of a file, a place in it.
Out: mistakes, words, values, places of definitions, the text laid out.
Start: `answers.py`, then `language_server.py`, the one door to pygls.
"""
