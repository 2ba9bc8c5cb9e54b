"""Write the pages of the courses: figures, stepper pages, sheets and keys, by the commands."""

from __future__ import annotations

from pathlib import Path

from docs.site.commands import printed
from docs.site.contents import Pair
from docs.site.courses import Chapter, Course, courses, seen_by
from graphgrad.source.gg import load

__all__ = ["write_lessons"]

MOST_LINES = 45
MOST_BOXES = 16
"""In a figure as wide as a page; more are drawn layer by layer."""
WORDS = {
    "lessons": Pair("Lecciones", "Lessons"),
    "figure": Pair("La figura", "The figure"),
    "stepper": Pair("Recorrerla paso a paso", "Step through it"),
    "sheet": Pair("Hoja de ejercicios", "Exercise sheet"),
    "key": Pair("Clave", "Key"),
    "file": Pair("El archivo", "The file"),
    "try": Pair("Qué dice el programa", "What the program says"),
    "practice": Pair("Para practicar", "Practice"),
    "question": Pair("Una pregunta", "A question"),
    "answer": Pair("Respuesta", "Answer"),
    "rows": Pair("Más en este capítulo", "More in this chapter"),
    "notion": Pair("noción", "notion"),
    "seen": Pair("cómo se ve", "how it is seen"),
    "row": Pair("fila", "row"),
    "sheet_words": Pair(
        "Con otros números para cada estudiante, y corregida por una orden: "
        "[ejercicios](../../ejercicios.md).",
        "With other numbers for every student, and marked by a command: "
        "[exercises](../../exercises.md).",
    ),
    "intro": Pair(
        "Cinco cursos, capítulo a capítulo: la figura con las letras del curso, la página que la "
        "recorre, una hoja con su clave, y lo que dice el programa. Todo lo que se ve aquí lo "
        "escribieron las órdenes que se muestran.",
        "Five courses, chapter by chapter: the figure in the letters of the course, a page that "
        "steps through it, a sheet with its key, and what the program says. All that is shown "
        "here was written by the commands beside it.",
    ),
}


def write_lessons(target: Path, beside: Path, lang: str, work: Path) -> None:
    """Write the page of each course and chapter.

    Args:
        target: the folder of the pages of a language.
        beside: the folder of files that are copied as they are, at the same places.
        lang: the language.
        work: a folder that holds ``samples/``, where commands run.
    """
    name = "lecciones" if lang == "es" else "lessons"
    parts = [f"# {WORDS['lessons'].of(lang)}\n\n{WORDS['intro'].of(lang)}\n"]
    for course in courses():
        title = f"[{course.title.of(lang)}](lessons/{course.name}/index.md)"
        parts.append(f"\n## {title}\n\n{course.words.of(lang)}\n\n")
        parts += [
            f"- [{chapter.title.of(lang)}](lessons/{course.name}/{chapter.name}.md)\n"
            for chapter in course.chapters
        ]
        _write_course(target, beside, course, lang, work)
    names = "\n".join(f"lessons/{course.name}/index" for course in courses())
    parts.append(f"\n```{{toctree}}\n:hidden:\n\n{names}\n```\n")
    (target / f"{name}.md").write_text("".join(parts), encoding="utf-8")


def _write_course(target: Path, beside: Path, course: Course, lang: str, work: Path) -> None:
    pages, files = (folder / "lessons" / course.name for folder in (target, beside))
    for folder in (pages, files):
        folder.mkdir(parents=True, exist_ok=True)
    names = "\n".join(chapter.name for chapter in course.chapters)
    page = (
        f"# {course.title.of(lang)}\n\n{course.words.of(lang)}\n\n```{{toctree}}\n\n{names}\n```\n"
    )
    (pages / "index.md").write_text(page, encoding="utf-8")
    for chapter in course.chapters:
        text = "".join(_parts(chapter, course, pages, files, lang, work))
        (pages / f"{chapter.name}.md").write_text(text, encoding="utf-8")


def _parts(
    chapter: Chapter, course: Course, pages: Path, files: Path, lang: str, work: Path
) -> list[str]:
    """Return the parts of a chapter's page, and write the files that it shows."""

    def word(name: str) -> str:
        return WORDS[name].of(lang)

    parts = [f"# {chapter.title.of(lang)}\n\n{chapter.words.of(lang)}\n"]
    for sample in chapter.samples:
        parts.append(_sample(sample, chapter, course, pages, files, lang, work))
    parts.append(f"\n## {word('try')}\n")
    parts += [_shown(line, lang, work) for line in chapter.lines]
    parts.append(f"\n## {word('question')}\n\n{chapter.question.of(lang)}\n\n")
    answer = f"<summary>{word('answer')}</summary>\n\n{chapter.answer.of(lang)}\n"
    parts.append(f"<details>\n{answer}\n</details>\n")
    parts.append(f"\n## {word('practice')}\n\n{_sheet(chapter, files, lang, work)}")
    parts.append(f"\n## {word('rows')}\n\n")
    parts.append(f"| {word('row')} | {word('notion')} | {word('seen')} |\n|---|---|---|\n")
    for row in chapter.rows:
        notion, seen = seen_by()[row]
        cell = f"`{seen}`" if "`" not in seen and seen else seen
        parts.append(f"| {row} | {notion} | {cell.replace('|', chr(92) + '|')} |\n")
    return parts


def _sample(
    sample: str, chapter: Chapter, course: Course, pages: Path, files: Path, lang: str, work: Path
) -> str:
    """Draw a sample in the letters of the course, as a figure and as a page that steps."""
    source = f"samples/{sample}.gg"
    figure, stepper = f"{chapter.name}-{sample}.svg", f"{chapter.name}-{sample}.html"
    line = f"render {source} --notation {course.name}"
    graph = load(work / source)
    title = graph.heading.title_in(lang)
    large = len(graph.line_ends) > MOST_BOXES and graph.heading.blocks
    drawn = f"{line} --detail layer" if large else line
    printed(f"{drawn} -o {pages / figure} --force", lang, work)
    printed(f"{line} -o {files / stepper} --force", lang, work)
    said = WORDS["stepper"].of(lang)
    return (
        f"\n## {title}\n\n"
        f"```text\n{(work / source).read_text(encoding='utf-8').rstrip()}\n```\n\n"
        f"`graphgrad {drawn} -o {sample}.svg`\n\n"
        f"![{title}]({figure})\n\n"
        f'<a class="button" href="{stepper}">{said} →</a> '
        f"(`graphgrad {line} -o {sample}.html`)\n"
    )


def _shown(line: str, lang: str, work: Path) -> str:
    """Return a command and what it prints, its end left out where it is long."""
    lines = printed(line, lang, work, statuses=(0, 1)).splitlines()
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], "..."]
    return "\n```console\n$ graphgrad " + "\n".join([line, *lines]) + "\n```\n"


def _sheet(chapter: Chapter, files: Path, lang: str, work: Path) -> str:
    """Write the sheet of a chapter and its key, and return the links to them."""
    exercise, sample = f"{chapter.name}.{lang}.md", chapter.samples[0]
    printed(f"ex from samples/{sample}.gg -o {exercise} --force", lang, work)
    links = []
    for kind in ("sheet", "key"):
        page = f"{chapter.name}-{kind}.html"
        printed(f"ex {kind} {exercise} --draw 1 -o {files / page} --force", lang, work)
        links.append(f'<a class="button" href="{page}">{WORDS[kind].of(lang)} →</a>')
    lines = (
        f"graphgrad ex from samples/{sample}.gg -o {chapter.name}.md\n"
        f"graphgrad ex sheet {chapter.name}.md --draw 1 -o {chapter.name}-sheet.html\n"
        f"graphgrad ex key {chapter.name}.md --draw 1 -o {chapter.name}-key.html\n"
    )
    return f"{' '.join(links)}\n\n```sh\n{lines}```\n\n{WORDS['sheet_words'].of(lang)}\n"
