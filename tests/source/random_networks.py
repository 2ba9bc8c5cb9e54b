"""Random programs with loops, definitions and layers, each with the same lines typed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Final, NamedTuple

__all__ = ["Pair", "pair"]

ROWS: Final = ("tanh", "sigmoid", "relu")


class Pair(NamedTuple):
    """A program, the same typed line by line, and the values of its layers' parameters."""

    short: str
    typed: str
    parameters: dict[str, list[float]]


class Name(NamedTuple):
    """A name in a formula, which the two forms may spell differently."""

    local: str


Formula = list["str | Name"]


class Define(NamedTuple):
    """A definition: its inputs, settings, and body as lines of a name and a formula."""

    name: str
    inputs: list[str]
    settings: dict[str, str]
    lines: list[tuple[str, Formula]]
    results: list[str]
    loop: int


def formula(random: Random, names: list[str], depth: int = 2) -> Formula:
    """Return a formula over vectors of one length."""
    kind = random.choice(["name", "sum", "product", "call", "sign", "scaled"]) if depth else "name"
    if kind == "name":
        return [Name(random.choice(names))]
    inner = formula(random, names, depth - 1)
    if kind == "sum":
        return ["(", *inner, random.choice([" + ", " - "]), *formula(random, names, depth - 1), ")"]
    if kind == "product":
        return [*inner, "*", *formula(random, names, depth - 1)]
    if kind == "call":
        return [random.choice(ROWS), "(", *inner, ")"]
    if kind == "sign":
        return ["(-", *inner, ")"]
    return [random.choice(["2", "0.5"]), "*", *inner]


def spelled(found: Formula, names: Mapping[str, str]) -> str:
    """Return a formula with its names in one of the two forms."""
    return "".join(p if isinstance(p, str) else names.get(p.local, p.local) for p in found)


class Writer:
    """Write both forms at once."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.short: list[str] = ["gg 1"]
        self.typed: list[str] = ["gg 1"]
        self.size = self.random.randint(2, 3)
        self.names = ["x", "w"]
        self.defines: list[Define] = []
        self.parameters: dict[str, list[float]] = {}
        self.count = 0

    def both(self, line: str) -> None:
        self.short.append(line)
        self.typed.append(line)

    def fresh(self, stem: str) -> str:
        self.count += 1
        return f"{stem}{self.count}"

    def write(self) -> Pair:
        random = self.random
        for _ in range(random.randint(0, 2)):
            self.define()
        self.both(f"input x = [{', '.join(str(k + 1) for k in range(self.size))}]")
        self.both(f"param w = [{', '.join(str(k / 4) for k in range(self.size))}]")
        for _ in range(random.randint(1, 4)):
            random.choice(
                [self.line, self.loop, self.loop, self.dense, self.recurrent, self.call]
            )()
        self.both(f"loss L = sum({' + '.join(self.names[-3:])})")
        return Pair("\n".join(self.short), "\n".join(self.typed), self.parameters)

    def line(self) -> None:
        name = self.fresh("a")
        self.both(f"{name} = {spelled(self.computed(self.names), {})}")
        self.names.append(name)

    def computed(self, names: list[str]) -> Formula:
        """Return a formula that computes something, whatever it is."""
        return [*formula(self.random, names), " + ", Name(self.random.choice(names))]

    # ---- definitions ----

    def define(self) -> None:
        random, name = self.random, self.fresh("f")
        inputs = ["p", "q"][: random.randint(1, 2)]
        settings = {"k": "3", "act": "tanh"} if random.random() < 0.6 else {}
        names, lines = list(inputs), []
        loop = random.choice([0, 0, 2])
        for local in ("u", "v"):
            found = self.computed(names)
            if settings:
                found = ["act(k*(", *found, "))"]
            lines.append((local, found))
            names.append(local)
        results = random.choice([[], ["v", "u"]])
        made = Define(name, inputs, settings, lines, results, loop)
        self.defines.append(made)
        head = ", ".join([*inputs, *(f"{key}={value}" for key, value in settings.items())])
        self.short.append(f"def {name}({head})")
        if loop:
            self.short += ["  g[0] = tanh(p)", f"  for i = 1:{loop}"]
            self.short += ["    g[i] = tanh(g[i-1])*i", "  end"]
        self.short += [f"  {local} = {spelled(found, {})}" for local, found in lines]
        if results:
            self.short.append(f"  out {', '.join(results)}")
        self.short.append("end")

    def called(self, made: Define, names: list[str], arguments: list[str], given: str) -> None:
        """Type the lines of one call."""
        path = names[0]
        settings = dict(made.settings)
        if given:
            settings["k"] = given
        known = dict(zip(made.inputs, arguments, strict=True))
        results = dict(zip(made.results or [made.lines[-1][0]], names, strict=True))
        self.typed.append(f"[{path}]")
        if made.loop:
            self.typed.append(f"{path}.g[0] = tanh({known['p']})")
            for i in range(1, made.loop + 1):
                self.typed.append(f"{path}.g[{i}] = tanh({path}.g[{i - 1}])*{i}")
        for local, found in made.lines:
            full = results.get(local, f"{path}.{local}")
            text = spelled(found, known)
            if settings:
                text = text.replace("act(k*(", f"{settings['act']}({settings['k']}*(")
            self.typed.append(f"{full} = {text}")
            known[local] = full
        self.typed.append("[]")

    def call(self) -> None:
        if not self.defines:
            return self.line()
        made = self.random.choice(self.defines)
        names = [self.fresh("c") for _ in (made.results or [""])]
        arguments = [self.random.choice(self.names) for _ in made.inputs]
        given = "5" if made.settings and self.random.random() < 0.5 else ""
        written = ", ".join([*arguments, *([f"k={given}"] if given else [])])
        self.short.append(f"{', '.join(names)} = {made.name}({written})")
        self.called(made, names, arguments, given)
        self.names += names
        return None

    # ---- loops ----

    def loop(self) -> None:
        random, family = self.random, self.fresh("h")
        first, last = random.choice([(1, 3), (2, 4), (0, 1)])
        down = random.random() < 0.3
        start, step = (last + 1, 1) if down else (first - 1, -1)
        self.both(f"{family}[{start}] = {spelled(self.computed(self.names), {})}")
        before = f"{family}[t{'+' if down else '-'}1]"
        self.short.append(f"for t = {last}:{first}" if down else f"for t = {first}:{last}")
        found = self.computed([*self.names, "before"])
        made = random.choice(self.defines) if self.defines and random.random() < 0.5 else None
        inner = random.random() < 0.3 and made is None
        if made is not None and len(made.results) != 2:
            arguments = [before, *self.names][: len(made.inputs)]
            self.short.append(f"  {family}[t] = {made.name}({', '.join(arguments)})")
        elif inner:
            self.short += ["  for j = 1:2"]
            self.short += [f"    {family}i[t,j] = {spelled(found, {'before': before})}*j", "  end"]
            self.short.append(f"  {family}[t] = sum(j=1:2, {family}i[t,j])")
        else:
            self.short.append(f"  {family}[t] = {spelled(found, {'before': before})}")
        self.short.append("end")
        values = range(last, first - 1, -1) if down else range(first, last + 1)
        for t in values:
            old = f"{family}[{t + step}]"
            if made is not None and len(made.results) != 2:
                self.called(made, [f"{family}[{t}]"], [old, *self.names][: len(made.inputs)], "")
            elif inner:
                for j in (1, 2):
                    text = spelled(found, {"before": old})
                    self.typed.append(f"{family}i[{t},{j}] = {text}*{j}")
                self.typed.append(f"{family}[{t}] = {family}i[{t},1] + {family}i[{t},2]")
            else:
                self.typed.append(f"{family}[{t}] = {spelled(found, {'before': old})}")
        self.names.append(f"{family}[{values[-1]}]")

    # ---- layers ----

    def parameter(self, name: str, *shape: int) -> None:
        """Type a parameter; the values of both forms are set when they are run."""
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        self.parameters[name] = [self.random.uniform(-1, 1) for _ in range(count)]
        self.typed.append(f"param {name}: {'x'.join(map(str, shape))} = zeros()")

    def dense(self) -> None:
        name, x, n = self.fresh("d"), self.random.choice(self.names), self.size
        act = self.random.choice(["", *ROWS])
        self.short.append(f"{name} = dense({x}, {n}{f', act={act}' if act else ''})")
        self.typed.append(f"[{name}]")
        self.parameter(f"{name}.W", n, n)
        self.parameter(f"{name}.b", n)
        line = f"{name}.W @ {x} + {name}.b"
        if act:
            self.typed += [f"{name}.z = {line}", f"{name} = {act}({name}.z)"]
        else:
            self.typed.append(f"{name} = {line}")
        self.typed.append("[]")
        self.names.append(name)

    def recurrent(self) -> None:
        cell, family, n = self.fresh("cell"), self.fresh("r"), self.size
        x = self.random.choice(self.names)
        self.short.append(f"layer {cell} = elman({n})")
        self.both(f"const {family}[0] = [{', '.join(['0'] * n)}]")
        self.short += ["for t = 1:2", f"  {family}[t] = {cell}({x}, {family}[t-1])", "end"]
        self.typed.append(f"[{cell}]")
        self.parameter(f"{cell}.W", n, n)
        self.parameter(f"{cell}.U", n, n)
        self.parameter(f"{cell}.b", n)
        for t in (1, 2):
            line = f"{cell}.W @ {x} + ({cell}.U @ {family}[{t - 1}] + {cell}.b)"
            name = f"{family}[{t}]"
            self.typed += [f"[{name}]", f"{name}.z = {line}", f"{name} = tanh({name}.z)"]
        self.typed.append("[]")
        self.names.append(f"{family}[2]")


def pair(seed: int) -> Pair:
    """Return a program and the same typed by hand."""
    return Writer(seed).write()
