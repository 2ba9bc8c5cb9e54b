"""A live session: what a notebook's cell and a page in the browser show, change and ask.

In: a text, a graph or a pass; then messages, which are mappings that JSON can hold.
Out: per message one answer that JSON can hold; pictures are parts of pages (HTML and CSS).
Start: `session.py`.

``Session(source, language=, view=, values=, name=).answer(message) -> dict``. A message says what
to ``do``; every other field is optional unless it is named with an exclamation mark.

========== ================================================ ======================================
do         further fields                                   further fields of the answer
========== ================================================ ======================================
open       text! (a file's text), language, view, name and  shown, state
           row (of the file and its data), step
set        name!, value! (as written: ``2,5``, ``[1, 2]``;  shown, state
           for a computed line its formula), step
view       any field of the view, language, step            shown, state
row        row! (of the text's data), step                  shown, state
undo, redo step                                             shown, state; nothing to undo: as view
show       step                                             shown, state
read       text!                                            (the first mistake of a text, not kept)
format     text (that of the session if absent)             text, laid out; nothing is kept
check      answers! (an answer sheet), ask (steps), key     report (graphgrad-report/1), lines
save                                                        text (edited values written into it),
                                                            unwritten (names that stand in no line)
file       format! (``svg``: one step; ``html``: all), step content, the text of a file
========== ================================================ ======================================

Each answer has ``ok`` and ``did`` (the word that was asked for). Where ``ok`` is false it has
``mistake`` instead: ``{id, message, text, place}``, in the session's language: ``message`` is the
sentence, ``text`` the same with its place and the author's line with a caret, ``place`` is
``{line, column, length, text}`` (counted from 1) or null. Then the session is as it was before.

``shown`` is what ``live(host, send, shown, outside)`` of the script needs (`front_end.py`; written
in `live.js`): ``send(message)`` returns a promise of the answer, ``host`` is an empty element. Its
fields, for other front ends: ``title``; ``body`` and ``style``, HTML and CSS of the figure with its
steps, to be put into an element of class ``mounted`` in a shadow root, which ``mount(root)`` makes
step; ``step``, ``forward`` (the last step forward) and ``last``; ``asks``, whether it has
questions; ``arrays``, whether there are some; ``leaves``: ``[{name, role, word, shape, value,
brief, long}]`` (``value`` is null where there is none, or it is too long to show; ``brief`` has few
digits); ``notes``, sentences to stand beside the figure; ``undo`` and ``redo``, whether there is
something to; ``rows`` of its data and the ``row`` shown; ``language``, ``view``, and ``menus``
(``[[field, [[value, word]]]]``) and ``words`` for buttons.

``state`` is all that makes the same session again, given to ``Session.restored(state)``:
``{text, name, row, language, view, values}``. The view (see `view.py`): ``style``, ``detail``,
``collapse``, ``layout``, ``direction``, ``shared``, ``heat``, ``notation``, ``show``, ``entries``,
``digits``, ``decimal_comma``, ``legend``, ``theme``, ``predict``; absent fields are as before.
"""
