// Line numbers that follow the text as it is written, and problems that lead to their line.

const texts = new Map([...document.querySelectorAll("textarea[data-numbered]")].map((text) => [text.dataset.numbered, text]));
const gutterOf = (text) => text.parentElement.querySelector(".gutter");

function number(text, bad = new Set()) {
  const lines = text.value.split("\n").length;
  const gutter = gutterOf(text);
  gutter.replaceChildren();
  for (let n = 1, plain = ""; n <= lines; n += 1) {
    if (bad.has(n)) {
      gutter.append(plain, Object.assign(document.createElement("span"), { className: "bad", id: `${text.dataset.numbered}-${n}`, textContent: n }), "\n");
      plain = "";
    } else plain += `${n}\n`;
    if (n === lines) gutter.append(plain);
  }
  gutter.scrollTop = text.scrollTop;
}

function badLines() {
  const found = new Map();
  for (const link of document.querySelectorAll("#findings ol.problems [data-file]")) {
    const lines = found.get(link.dataset.file) ?? new Set();
    found.set(link.dataset.file, lines.add(Number(link.dataset.line)));
  }
  return found;
}

function goTo(file, line) {
  const text = texts.get(file);
  if (!text) return false;
  text.closest("details").open = true;
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  const height = Number.parseFloat(getComputedStyle(text).lineHeight);
  text.scrollTop = Math.max(0, (line - 5) * height);
  text.scrollLeft = 0;
  text.closest(".numbered").scrollIntoView({ block: "nearest" });
  return true;
}

function renumber() {
  const bad = badLines();
  for (const [file, text] of texts) number(text, bad.get(file));
}

for (const text of texts.values()) {
  text.closest(".numbered").classList.add("live");
  let lines = text.value.split("\n").length;
  text.addEventListener("scroll", () => { gutterOf(text).scrollTop = text.scrollTop; });
  text.addEventListener("input", () => {
    const now = text.value.split("\n").length;
    if (now !== lines) number(text);
    lines = now;
  });
}
renumber();
document.addEventListener("htmx:afterSwap", (event) => event.target.id === "findings" && renumber());
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#findings a[data-file]");
  if (link && goTo(link.dataset.file, Number(link.dataset.line))) event.preventDefault();
});
const line = Number(new URLSearchParams(location.search).get("line"));
if (line) goTo("call.toml", line);
