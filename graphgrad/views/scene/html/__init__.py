"""Write a scene as one HTML file that steps through it: keys, clicker, slider, captions, a table.

`stage` prepares one SVG that holds every step, `colours` says by class how each state looks,
`page` puts the file together; `stepper.js` only switches classes, and `stepper.css` is the page.
"""

from graphgrad.views.scene.html.page import html_of

__all__ = ["html_of"]
