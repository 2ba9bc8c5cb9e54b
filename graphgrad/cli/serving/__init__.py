"""What a served page may say, and how the server tells.

In: messages of a websocket.
Out: orders that were checked, one line per fault.
Start: `page_messages.py`; the server itself is `graphgrad.cli.commands.page_server`.
Nothing here needs the extra that serves.
"""
