"""All steps as pixels or slides.

In: `Scene`.
Out: PNG, PDF, PPTX, GIF, WebP, reveal.js, the gallery.
Start: `png_pdf.py`.
Each optional extra enters by one door.
"""
