"""What a served page may say, and how the server listens and tells.

In: messages of a websocket, an address.
Out: orders that were checked, a socket, one line per fault.
Start: `page_messages.py`; the server itself is `graphgrad.cli.commands.page_server`.
Nothing here needs the extra that serves.
"""
