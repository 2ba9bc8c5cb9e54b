// Ask for each number before it is shown; what is open stays masked in figure and table. What was
// skipped is shown as the walk goes on, for later questions need it; it counts as skipped.

function predictingOf(stepper) {
  const { root, told, byId, nodes, next, mode } = stepper;
  const { questions, limits, words } = told.predict;
  const [panel, form, answer, verdict, score] =
    ["predict-panel", "ask", "answer", "verdict", "score"].map(byId);
  const [toggle, reveal, skip, resume, download] =
    ["predicting", "reveal", "skip", "resume", "download"].map(byId);
  const hidden = [...root.querySelectorAll("[data-asks]")].map((element) =>
    [element, element.dataset.asks.split(" ").map((index) => questions[index])]);
  const plain = { ...mode };
  let on = false;

  const CLOSED = ["right", "rounded", "revealed"];
  const isClosed = (question) => CLOSED.includes(question.status);
  const isPassed = (question) => isClosed(question) || question.status === "skipped";
  const firstOpen = () => questions.find((question) => !isPassed(question));
  const filled = (wording, fields) => wording.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

  // The question whose answer the next step would show.
  function current() {
    const question = on ? firstOpen() : undefined;
    return question && question.step === stepper.step + 1 ? question : undefined;
  }

  function tell(status, sentence) {
    verdict.dataset.status = status;
    verdict.textContent = sentence;
  }

  function render() {
    const question = current();
    for (const [element, asks] of hidden) {
      element.classList.toggle("masked", on && asks.some((asked) => !isPassed(asked)));
    }
    for (const node of nodes) node.classList.toggle("asked", node.id === question?.box);
    byId("question").textContent = question ? question.sentence
      : firstOpen() ? words.go_on : words.finished;
    byId("question-words").textContent = question ? question.words : "";
    answer.disabled = answer.parentElement.hidden = !question; // no buttons where nothing is asked
    resume.hidden = !questions.some((asked) => asked.status === "skipped");
    download.disabled = !questions.some((asked) => asked.typed);
    const counted = { right: 0, revealed: 0, skipped: 0, open: 0 };
    for (const asked of questions) {
      counted[{ right: "right", rounded: "right" }[asked.status] ?? (isPassed(asked) ? asked.status : "open")] += 1;
    }
    score.textContent = filled(words.score, { ...counted, asked: questions.length });
    stepper.say();
  }

  function judge() {
    const question = current();
    const typed = answer.value.trim();
    const number = question && readNumber(typed, limits);
    if (!question) return;
    if (!number) {
      tell("unreadable", typed ? words.unreadable : words.empty);
      return;
    }
    question.typed = typed;
    question.tries = (question.tries || 0) + 1;
    const [status, remark] = verdictOn(number, question, limits);
    question.status = status;
    if (!isClosed(question)) {
      const why = words[remark] || hint(question, typed);
      tell(status, status === "wrong" ? `${words.wrong} ${why}` : why);
      answer.select();
    } else {
      close(question, status, [status === "right" ? words.right : "✓", words[remark], known(question)].filter(Boolean).join(" "));
    }
    list();
  }

  const known = (question) => `${question.asked} = ${question.answer}.`;

  // Say what to look at: the sign where only that is wrong.
  function hint(question, typed) {
    const opposite = readNumber("-" + typed, limits);
    const signed = opposite && verdictOn(opposite, question, limits)[0] !== "wrong";
    return signed ? words.sign : question.hint;
  }

  function close(question, status, sentence) {
    question.status = status;
    answer.value = "";
    stepper.go(Math.max(stepper.step, question.shown));
    render();
    tell(status, sentence);
    if (current()) answer.focus({ preventScroll: true });
    else next.focus({ preventScroll: true });
  }

  // What was typed; where that is not the number, the number that was shown stands before it.
  const typedIn = (question) => (["revealed", "skipped"].includes(question.status)
    ? filled(words.typed_instead, { answer: question.answer, typed: question.typed }) : question.typed);

  function list() {
    const rows = questions.filter((question) => question.typed).map((question) => {
      const row = document.createElement("tr");
      const cells = [["th", question.asked], ["td", typedIn(question)], ["td", words[`status_${question.status}`]]];
      for (const [tag, content] of cells) {
        const cell = document.createElement(tag);
        if (tag === "th") cell.scope = "row";
        cell.textContent = content;
        row.append(cell);
      }
      return row;
    });
    byId("answers").replaceChildren(...rows);
    byId("given").hidden = !rows.length;
  }

  // The text that `graphgrad check` and `graphgrad ex grade` read.
  function sheet() {
    const name = byId("student").value.replace(/[=#:\s]+/g, " ").trim();
    const lines = [`# ${told.title.replace(/\s+/g, " ")}`, ...(name ? [`${words.student}: ${name}`] : [])];
    for (const question of questions) {
      if (!question.typed) continue;
      const remarks = [filled(words.tries, { count: question.tries })];
      if (question.status === "revealed") remarks.push(words.status_revealed);
      lines.push(`${question.asked} = ${question.typed}    # ${remarks.join(", ")}`);
    }
    return lines.join("\n") + "\n";
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([sheet()], { type: "text/plain;charset=utf-8" }));
    link.download = words.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  function enter() {
    if (on) return;
    on = true;
    stepper.stop();
    Object.assign(mode, {
      allowed: (wanted) => {
        const open = firstOpen();
        if (!open || wanted < open.step) return wanted;
        if (stepper.step === open.step - 1) tell("open", words.first_answer);
        return open.step - 1;
      },
      shown: () => {
        const before = stepper.focused;
        render();
        if (before === next && current()) answer.focus({ preventScroll: true });
      },
      link: () => "#predict",
    });
    switched();
    tell("", "");
    stepper.show(stepper.step);
    stepper.remember();
    if (current()) answer.focus({ preventScroll: true });
  }

  function leave() {
    on = false;
    Object.assign(mode, plain);
    switched();
    render();
    stepper.remember();
  }

  function switched() {
    panel.hidden = !on;
    root.classList.toggle("predicting", on);
    byId("play").disabled = on;
    toggle.setAttribute("aria-pressed", String(on));
  }

  toggle.addEventListener("click", () => (on ? leave() : enter()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    judge();
  });
  answer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    answer.blur();
    root.focus({ preventScroll: true });
  });
  reveal.addEventListener("click", () => {
    const question = current();
    close(question, "revealed", `${words.revealed} ${known(question)}`);
    list();
  });
  skip.addEventListener("click", () => {
    const question = current();
    close(question, "skipped", words.skipped);
    list();
  });
  resume.addEventListener("click", () => {
    for (const question of questions) if (question.status === "skipped") question.status = "";
    stepper.go(firstOpen().step - 1);
    answer.focus({ preventScroll: true });
  });
  download.addEventListener("click", save);

  // What was answered so far, for `take` of a figure that stands in the place of this one.
  const FIELDS = ["status", "typed", "tries"];
  const given = () => questions.filter((question) => question.typed || question.status).map((question) =>
    Object.fromEntries(["asked", "answer", ...FIELDS].map((name) => [name, question[name]])));

  // Take over the answers to the questions that are the same still, and say so if others are lost.
  function take(answers) {
    const same = answers.filter((kept) => {
      const found = questions.find(({ asked, answer }) => asked === kept.asked && answer === kept.answer);
      for (const name of found ? FIELDS : []) found[name] = kept[name];
      return found;
    });
    enter();
    list();
    if (same.length < answers.length) tell("open", words.changed);
  }

  return { enter, given, take, get on() { return on; } };
}
