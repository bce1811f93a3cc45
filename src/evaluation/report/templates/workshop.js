"use strict";
(function () {
  const words = JSON.parse(document.getElementById("words").textContent);
  const project = document.body.dataset.project;
  const place = "evaluation-workshop:" + project;
  const lang = document.documentElement.lang;
  const FILE = 1000000, FIELD = words.limit, PER_FIGURE = 20, TABLES = 50, COUNT = 999;
  const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
  const steps = [...document.querySelectorAll(".step")];
  const figures = [...document.querySelectorAll(".figure")];
  let state = blank();
  let stores = true;
  let changed = false;

  const at = (id) => document.getElementById(id);
  const own = () => state.tables.find((table) => table.id === state.own);
  const fill = (text, fields) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? fields[name] : whole));
  const tell = (text) => { at("status").textContent = text; };

  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return "urn:uuid:" + hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function blank() {
    const table = { id: uuid(), date: "", number: 1, people: {} };
    return { own: table.id, tables: [table], remarks: [] };
  }

  /* Saving in this computer */

  function save() {
    changed = true;
    at("sum").textContent = fill(words.sum, { remarks: said().length, tables: state.tables.length });
    try {
      localStorage.setItem(place, JSON.stringify(state));
      tell(words.saved);
    } catch (refused) {
      stores = false;
      tell(words.not_saved);
    }
  }

  function load() {
    let text = null;
    try {
      text = localStorage.getItem(place);
    } catch (refused) {
      stores = false;
      return tell(words.not_saved);
    }
    if (text === null) return tell(words.ready);
    try {
      const kept = JSON.parse(text);
      const tables = kept.tables.map(tableFrom);
      if (!tables.some((table) => table.id === kept.own)) throw new Error(words.bad_file);
      state = { own: kept.own, tables, remarks: kept.remarks.map(remarkFrom) };
      tell(words.restored);
    } catch (broken) {
      tell(words.ready);
    }
  }

  const empty = (remark) => !(remark.reaction || remark.see || remark.why || remark.act);
  const said = () => state.remarks.filter((remark) => !empty(remark));

  /* Files: W3C Web Annotation, checked before anything of them is used */

  function checked(value, longest) {
    if (typeof value !== "string" || value.length > longest) throw new Error(words.bad_file);
    return value.replace(HIDDEN, "");
  }

  function counted(value) {
    if (!Number.isInteger(value) || value < 0 || value > COUNT) throw new Error(words.bad_file);
    return value;
  }

  function oneOf(value, allowed) {
    if (!allowed.includes(value)) throw new Error(words.bad_file);
    return value;
  }

  function tableFrom(given) {
    const people = {};
    for (const [role, counts] of Object.entries(given.people)) {
      people[oneOf(role, words.roles.map((known) => known[0]))] = {
        women: counted(counts.women), men: counted(counts.men), other: counted(counts.other),
      };
    }
    const date = checked(given.date, 10);
    if (date && !/^\d{4}-\d\d-\d\d$/.test(date)) throw new Error(words.bad_file);
    return { id: checked(given.id, 60), date, number: counted(given.number), people };
  }

  function remarkFrom(given) {
    return {
      id: checked(given.id, 60), table: checked(given.table, 60), figure: checked(given.figure, 120),
      hash: checked(given.hash, 64), lang: checked(given.lang, 10),
      role: oneOf(given.role, ["table", ...words.roles.map((known) => known[0])]),
      reaction: oneOf(given.reaction, ["", ...words.reactions.map((known) => known[0])]),
      see: checked(given.see, FIELD), why: checked(given.why, FIELD), act: checked(given.act, FIELD),
    };
  }

  const PURPOSES = [["see", "describing"], ["why", "commenting"], ["act", "editing"]];

  function annotation(remark) {
    const body = remark.reaction ? [{ type: "TextualBody", purpose: "assessing", value: remark.reaction }] : [];
    for (const [field, purpose] of PURPOSES) {
      if (remark[field]) body.push({ type: "TextualBody", purpose, format: "text/plain", language: remark.lang, value: remark[field] });
    }
    return {
      id: remark.id, type: "Annotation", motivation: "assessing",
      creator: { type: "Organization", nickname: remark.role }, "evaluation:table": remark.table, body,
      target: { source: "urn:sha256:" + remark.hash, selector: { type: "FragmentSelector", value: remark.figure } },
    };
  }

  function fromAnnotation(given) {
    const value = (purpose) => (given.body.find((part) => part.purpose === purpose) || { value: "" }).value;
    const spoken = given.body.find((part) => part.language);
    return remarkFrom({
      id: given.id, table: given["evaluation:table"], role: given.creator.nickname,
      figure: given.target.selector.value, hash: given.target.source.replace("urn:sha256:", ""),
      lang: spoken ? spoken.language : lang, reaction: value("assessing"),
      see: value("describing"), why: value("commenting"), act: value("editing"),
    });
  }

  function toFile() {
    const tables = state.tables.map((table) => ({
      id: table.id, date: table.date, number: table.number,
      people: Object.entries(table.people).map(([role, counts]) => ({ role, ...counts })),
    }));
    return JSON.stringify({
      "@context": ["http://www.w3.org/ns/anno.jsonld", { evaluation: "urn:evaluation:" }],
      id: uuid(), type: "AnnotationPage",
      "evaluation:workshop": { project, tables }, items: said().map(annotation),
    }, null, 1);
  }

  function fromFile(text) {
    if (text.length > FILE) throw new Error(words.too_large);
    try {
      const page = JSON.parse(text);
      const about = page["evaluation:workshop"];
      oneOf(page.type, ["AnnotationPage"]);
      if (about.project !== project) throw new Error(words.other_project);
      const tables = about.tables.map((table) => tableFrom({
        ...table, people: Object.fromEntries(table.people.map((entry) => [entry.role, entry])),
      }));
      return { tables, remarks: page.items.map(fromAnnotation) };
    } catch (problem) {
      throw new Error(problem.message === words.other_project ? words.other_project : words.bad_file);
    }
  }

  /* A table's later file takes the place of its earlier one. */
  function merge(found) {
    const ids = found.tables.map((table) => table.id);
    const untouched = !said().length && !Object.keys(own().people).length;
    const kept = untouched ? [] : state.tables.filter((table) => !ids.includes(table.id));
    const remarks = state.remarks.filter((remark) => !ids.includes(remark.table) && kept.some((table) => table.id === remark.table));
    const fresh = found.remarks.filter((remark) => ids.includes(remark.table));
    if (kept.length + ids.length > TABLES) throw new Error(words.too_many);
    state.tables = [...kept, ...found.tables];
    state.remarks = [...remarks, ...fresh];
    if (!own()) state.own = state.tables[0].id;
    return fresh;
  }

  async function readFiles(files) {
    const told = [];
    let remarks = 0, tables = 0;
    for (const file of files) {
      try {
        if (file.size > FILE) throw new Error(words.too_large);
        const found = fromFile(await file.text());
        const fresh = merge(found);
        remarks += fresh.length;
        tables += found.tables.length;
        const strange = fresh.filter((remark) => !figures.some((figure) => figure.dataset.figure === remark.figure));
        if (strange.length) told.push(fill(words.strange, { remarks: strange.length }));
      } catch (problem) {
        told.push(file.name + ": " + problem.message);
      }
    }
    show();
    save();
    tell([fill(words.merged, { remarks, tables }), ...told].join(" "));
  }

  function writeFile() {
    const text = toFile();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/ld+json" }));
    link.download = ["workshop", project, own().date || "undated", own().number].join("-") + ".jsonld";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    at("text").value = text;
    changed = false;
    tell(fill(words.exported, { file: link.download }));
  }

  /* What is shown */

  function show() {
    const table = own();
    at("date").value = table.date;
    at("number").value = table.number || "";
    for (const input of document.querySelectorAll(".people input")) {
      const counts = table.people[input.dataset.role];
      input.value = counts && counts[input.dataset.column] ? counts[input.dataset.column] : "";
    }
    figures.forEach(showRemarks);
    at("sum").textContent = fill(words.sum, { remarks: said().length, tables: state.tables.length });
  }

  function showRemarks(figure) {
    const here = state.remarks.filter((remark) => remark.figure === figure.dataset.figure);
    const mine = here.filter((remark) => remark.table === state.own);
    figure.querySelector(".own").replaceChildren(...mine.map((remark, index) => form(remark, index)));
    if (!mine.length) addRemark(figure);
    const others = here.filter((remark) => remark.table !== state.own && !empty(remark));
    figure.querySelector(".others").hidden = !others.length;
    figure.querySelector(".others ul").replaceChildren(...others.map((remark) => line(remark, figure)));
  }

  function addRemark(figure) {
    const mine = state.remarks.filter((remark) => remark.figure === figure.dataset.figure && remark.table === state.own);
    if (mine.length >= PER_FIGURE) return tell(words.full);
    const remark = {
      id: uuid(), table: state.own, figure: figure.dataset.figure, hash: figure.dataset.hash,
      lang, role: "table", reaction: "", see: "", why: "", act: "",
    };
    state.remarks.push(remark);
    figure.querySelector(".own").append(form(remark, mine.length));
  }

  function form(remark, index) {
    const part = at("remark").content.cloneNode(true).firstElementChild;
    part.querySelector("legend").textContent = fill(words.remark, { number: index + 1 });
    part.querySelector("[role=radiogroup]").setAttribute("aria-label", words.reaction);
    for (const input of part.querySelectorAll("input")) {
      input.name = "reaction-" + remark.id;
      input.checked = input.value === remark.reaction;
      input.addEventListener("change", () => { remark.reaction = input.value; save(); });
    }
    const who = part.querySelector("select");
    who.value = remark.role;
    who.addEventListener("change", () => { remark.role = who.value; save(); });
    for (const text of part.querySelectorAll("textarea")) {
      text.value = remark[text.dataset.field];
      text.addEventListener("input", () => { remark[text.dataset.field] = text.value; save(); });
    }
    return part;
  }

  function line(remark, figure) {
    const named = (list, key) => (list.find((known) => known[0] === key) || ["", words.whole_table])[1];
    const table = state.tables.find((one) => one.id === remark.table);
    const item = document.createElement("li");
    const head = document.createElement("strong");
    head.textContent = [
      fill(words.of_table, { number: table.number, date: table.date }).trim(), named(words.roles, remark.role),
      remark.reaction && named(words.reactions, remark.reaction),
      remark.hash !== figure.dataset.hash && words.earlier,
    ].filter(Boolean).join(" · ");
    item.append(head);
    for (const field of ["see", "why", "act"]) {
      if (!remark[field]) continue;
      const text = document.createElement("bdi");
      text.textContent = remark[field];
      item.append(document.createElement("br"), words.questions[field] + " ", text);
    }
    return item;
  }

  /* Moving about */

  function go(id, quietly) {
    for (const step of steps) step.hidden = step.id !== id;
    at("step").value = id;
    const index = steps.findIndex((step) => step.id === id);
    at("previous").disabled = index === 0;
    at("next").disabled = index === steps.length - 1;
    if (quietly) return;
    at(id).querySelector("h2").focus();
    scrollTo(0, 0);
  }

  function move(by) {
    const index = steps.findIndex((step) => !step.hidden) + by;
    if (steps[index]) go(steps[index].id);
  }

  function reveal(figure) {
    const button = figure.querySelector(".show");
    const answer = figure.querySelector(".answer");
    answer.hidden = !answer.hidden;
    button.setAttribute("aria-expanded", String(!answer.hidden));
    button.textContent = answer.hidden ? words.show : words.hide;
    if (!answer.hidden) answer.focus({ preventScroll: true });
  }

  function listen() {
    at("step").addEventListener("change", () => go(at("step").value));
    at("previous").addEventListener("click", () => move(-1));
    at("next").addEventListener("click", () => move(1));
    at("begin").addEventListener("click", () => move(1));
    at("projector").addEventListener("click", () => {
      const on = document.body.classList.toggle("projector");
      at("projector").setAttribute("aria-pressed", String(on));
    });
    document.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 }[event.key];
      const busy = event.target.closest("input, textarea, select, .scroll, .chart");
      if (!by || busy || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key.startsWith("Page") && !document.body.classList.contains("projector")) return;
      event.preventDefault();
      move(by);
    });
    for (const figure of figures) {
      figure.querySelector(".show").addEventListener("click", () => reveal(figure));
      figure.querySelector(".more").addEventListener("click", () => {
        addRemark(figure);
        figure.querySelector(".own").lastElementChild.querySelector("input").focus();
      });
    }
    at("date").addEventListener("input", () => { own().date = at("date").value; save(); });
    at("number").addEventListener("input", () => { own().number = Math.min(99, Math.max(0, Math.round(+at("number").value))); save(); });
    for (const input of document.querySelectorAll(".people input")) {
      input.addEventListener("input", () => {
        const counts = own().people[input.dataset.role] || { women: 0, men: 0, other: 0 };
        counts[input.dataset.column] = Math.min(COUNT, Math.max(0, Math.round(+input.value)));
        own().people[input.dataset.role] = counts;
        save();
      });
    }
    at("export").addEventListener("click", writeFile);
    at("import").addEventListener("change", async () => { await readFiles([...at("import").files]); at("import").value = ""; });
    at("another").addEventListener("click", () => {
      if (state.tables.length >= TABLES) return tell(words.too_many);
      const next = { ...blank().tables[0], date: own().date, number: Math.max(...state.tables.map((table) => table.number)) + 1 };
      state.tables.push(next);
      state.own = next.id;
      show();
      save();
      go("room");
    });
    at("clear").addEventListener("click", () => {
      if (!confirm(words.sure)) return;
      state = blank();
      show();
      save();
      changed = false;
      tell(words.cleared);
    });
    for (const button of document.querySelectorAll("[data-print]")) {
      if (button === document.body) continue;
      button.addEventListener("click", () => { document.body.dataset.print = button.dataset.print; print(); });
    }
    addEventListener("beforeunload", (event) => { if (changed && !stores) event.preventDefault(); });
  }

  document.documentElement.classList.add("js");
  document.body.dataset.print = "form";
  for (const figure of figures) figure.querySelector(".answer").hidden = true;
  load();
  show();
  listen();
  go("room", true);
})();
