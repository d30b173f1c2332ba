// What makes writing in Samspel safer, on top of pages that work without it: nothing written is lost, money shows its spaces,
// and a star lights up with its line in the list.

const own = ["csrfmiddlewaretoken", "revision"];

function writtenIn(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (own.includes(name) || typeof value !== "string" || form.elements[name]?.type === "password") continue;
    (fields[name] ??= []).push(value);
  }
  return JSON.stringify(fields);
}

function putBack(form, fields) {
  for (const field of form.elements) {
    if (!field.name || own.includes(field.name) || ["file", "hidden", "password"].includes(field.type)) continue;
    const values = fields[field.name] ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.multiple) for (const choice of field.options) choice.selected = values.includes(choice.value);
    else if (values.length) field.value = values.shift();
  }
}

// A form with data-autosave="address" is posted there soon after each change; the answer is JSON {revision, saved_at}.
// 409: somebody else was first. 422: {errors: [{field, text}]}. 401, 403, a redirect: signed out. Then, and with no connection,
// the text stays in the browser. data-unsaved: the page shows text that the server has not taken.
function saveAsOneGoes(form) {
  const state = form.querySelector("[data-save-state]") ?? document.createElement("p");
  const words = state.dataset;
  const place = `samspel:${location.pathname}:${form.id}`;
  const revision = () => form.elements.revision?.value ?? "";
  let saved = "unsaved" in form.dataset ? "" : writtenIn(form);
  let timer = 0;
  let busy = false;
  let stopped = false;
  let pressed = null;

  const changed = () => writtenIn(form) !== saved;
  const say = (text, tone) => {
    state.textContent = text ?? "";
    if (tone) state.dataset.tone = tone;
    else delete state.dataset.tone;
  };
  // Storage may be full or forbidden: the page still warns before it is left.
  const stored = (use) => { try { return use(localStorage); } catch { return null; } };
  const keep = (sent = false) => stored((box) => box.setItem(place, JSON.stringify({ revision: revision(), sent, fields: writtenIn(form) })));
  const forget = () => stored((box) => box.removeItem(place));
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

  async function save() {
    clearTimeout(timer);
    if (busy || stopped || !changed()) return;
    busy = true;
    const sent = writtenIn(form);
    let again = 1500;
    say(words.saving);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.ok) {
        const told = await answer.json();
        saved = sent;
        forget();
        if (form.elements.revision && told.revision !== undefined) form.elements.revision.value = told.revision;
        const at = told.saved_at ? new Date(told.saved_at) : new Date();
        say(words.saved?.replace("{time}", at.toLocaleTimeString(document.documentElement.lang, { timeStyle: "short", hourCycle: "h23" })));
      } else {
        keep();
        again = 30000;
        if (answer.status === 409) { stopped = true; say(words.conflict, "bad"); }
        else if ([0, 401, 403].includes(answer.status)) { stopped = true; say(words.signedout, "bad"); }
        else {
          const told = await answer.json().catch(() => ({}));
          say([words.unsaved, told.errors?.[0]?.text].filter(Boolean).join(" "), "wait");
        }
      }
    } catch {
      keep();
      again = 15000;
      say(words.kept, "wait");
    }
    busy = false;
    if (pressed) form.requestSubmit(pressed.button);
    else if (changed()) later(again);
  }

  function offer() {
    const kept = JSON.parse(stored((box) => box.getItem(place)) ?? "null");
    if (!kept) return;
    const shown = kept.fields === writtenIn(form);
    if (shown && changed()) return;
    if (shown || (kept.sent && kept.revision !== revision())) { forget(); return; }
    say(words.found, "wait");
    const button = (text, press) => state.append(Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text, onclick: press }));
    button(words.restore, () => {
      putBack(form, JSON.parse(kept.fields));
      say(words.unsaved);
      if (kept.revision === revision()) { save(); return; }
      // Written on an older text than the one stored now: the server shows both, so that nothing is replaced unseen.
      form.elements.revision.value = kept.revision;
      form.requestSubmit();
    });
    button(words.discard, () => { forget(); say(""); });
  }

  form.addEventListener("input", () => { keep(); later(1500); });
  form.addEventListener("submit", (event) => {
    // A save under way is waited for, or its new revision would make this one look like somebody else's.
    if (busy) { event.preventDefault(); pressed = { button: event.submitter }; return; }
    pressed = null;
    keep(true);
    saved = writtenIn(form);
    clearTimeout(timer);
  });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("beforeunload", (leaving) => changed() && leaving.preventDefault());
  offer();
}

// A form with data-guard is not saved as one goes, but it is not left by mistake either; a link with data-discard leaves it on purpose.
function guard(form) {
  let saved = "unsaved" in form.dataset ? "" : writtenIn(form);
  const done = () => { saved = writtenIn(form); };
  form.addEventListener("submit", done);
  document.querySelectorAll("a[data-discard]").forEach((link) => link.addEventListener("click", done));
  addEventListener("beforeunload", (leaving) => writtenIn(form) !== saved && leaving.preventDefault());
}

// An input with data-money shows narrow no-break spaces between thousands; the server takes it with them or without.
function readAsMoney(input) {
  const write = () => {
    const plain = input.value.replace(/[\s\u00a0\u202f]/g, "");
    const [, sign, whole, rest = ""] = /^(-?)(\d+)([.,]\d*)?$/.exec(plain) ?? [];
    const text = whole ? sign + whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") + rest : input.value;
    if (text === input.value) return;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  input.addEventListener("blur", write);
  write();
}

// A hint with data-count-for="id" and data-words="… {n} …" says how many characters have been written, as the server counts them.
function countOut(hint) {
  const field = document.getElementById(hint.dataset.countFor);
  const write = () => { hint.textContent = hint.dataset.words.replace("{n}", [...field.value.trim()].length.toLocaleString(document.documentElement.lang)); };
  field.addEventListener("input", write);
  write();
}

function light(event) {
  const key = event.target.closest?.("a[data-star]:not(.star)")?.dataset.star;
  if (!key) return;
  const on = ["pointerover", "focusin"].includes(event.type);
  for (const star of document.querySelectorAll(`.star[data-star="${CSS.escape(key)}"]`)) star.classList.toggle("lit", on);
}

// Whoever signs out leaves no text behind for the next one at the same machine.
function forgetAll() {
  try { for (const key of Object.keys(localStorage)) if (key.startsWith("samspel:")) localStorage.removeItem(key); } catch { /* nothing was kept */ }
}

document.querySelectorAll("form[data-forget]").forEach((form) => form.addEventListener("submit", forgetAll));
document.querySelectorAll("input[data-money]").forEach(readAsMoney);
document.querySelectorAll("[data-count-for]").forEach(countOut);
document.querySelectorAll("form[data-autosave]").forEach(saveAsOneGoes);
document.querySelectorAll("form[data-guard]").forEach(guard);
for (const kind of ["pointerover", "pointerout", "focusin", "focusout"]) document.addEventListener(kind, light);
