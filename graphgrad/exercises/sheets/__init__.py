"""Write exercise sheets and their keys as Markdown, HTML and LaTeX."""
