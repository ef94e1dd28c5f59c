/* Fields that both clients' forms are made of. Each is tied to its label, its hint and its complaint; what differs
   between the platforms (how a must is marked, what a value looks like on the wire) is told by the caller. */

import { h, icon, newId } from "./dom.js";
import { typeahead } from "./typeahead.js";

/**
 * A field: {element, read(), write(value), kept(), complain(words), focus(), blank()}. A value is a string, or a
 * list of strings where several may be chosen; `kept` is what `write` takes to fill the same field drawn anew. `spec`: {kind, label, required, mark, hint, placeholder, options, value,
 * names, rows, find, least, most, min, max, changed}; kinds: text, long, date, time, menu, radio, checks, pick, picks.
 */
export function field(spec) {
  const ids = { input: newId("field"), hint: newId("hint"), complaint: newId("complaint") };
  const made = (KINDS[spec.kind] ?? KINDS.text)(spec, ids);
  const complaint = h("p", { id: ids.complaint, class: "complaint", hidden: true });
  const hint = spec.hint && h("p", { id: ids.hint, class: "hint" }, spec.hint);
  const mark = spec.mark && h("span", { class: `mark ${spec.required ? "must" : "may"}`, "aria-hidden": spec.required ? "true" : null }, spec.mark);
  // Beside a list of choices the complaint stands on top: under a long one nobody would see it.
  const body = made.group ? [complaint, made.control, hint] : [made.control, hint, complaint];
  const element = made.group
    ? h("fieldset", { class: "field" }, h("legend", {}, h("span", { class: "name" }, spec.label), mark), ...body)
    : h("div", { class: "field" }, h("div", { class: "label-row" }, h("label", { for: ids.input, class: "name" }, spec.label), mark), ...body);
  const targets = made.targets();
  const complain = (words) => {
    complaint.replaceChildren(...(words ? [icon("warn"), words] : []));
    complaint.hidden = !words;
    element.classList.toggle("wrong", Boolean(words));
    for (const target of made.group ? [element] : targets) {
      describe(target, [hint && ids.hint, words && ids.complaint]);
      if (words) target.setAttribute("aria-invalid", "true");
      else target.removeAttribute("aria-invalid");
    }
  };
  complain("");
  if (!made.group && spec.required) targets[0].setAttribute("aria-required", "true");
  if (spec.value !== undefined) made.write(spec.value);
  const blank = () => made.read().length === 0;
  const kept = () => (made.picked ? made.picked() : made.read());
  return { element, read: made.read, kept, write: made.write, complain, blank, focus: () => made.targets()[0]?.focus(), spec };
}

function describe(target, ids) {
  const said = ids.filter(Boolean).join(" ");
  if (said) target.setAttribute("aria-describedby", said);
  else target.removeAttribute("aria-describedby");
}

const MANY = 8; // choices that are shown before the list scrolls in a box of its own

const KINDS = {
  text: (spec, ids) => plain(h("input", { id: ids.input, type: "text", placeholder: spec.placeholder, autocomplete: "off" }), spec),
  long: (spec, ids) => plain(h("textarea", { id: ids.input, rows: spec.rows ?? 4, placeholder: spec.placeholder }), spec),
  date: (spec, ids) => plain(h("input", { id: ids.input, type: "date", min: spec.min, max: spec.max }), spec),
  time: (spec, ids) => plain(h("input", { id: ids.input, type: "time", min: spec.min, max: spec.max }), spec),
  menu,
  radio: (spec, ids) => choices(spec, ids, "radio"),
  checks: (spec, ids) => choices(spec, ids, "checkbox"),
  pick: (spec, ids) => found(spec, ids, 1),
  picks: (spec, ids) => found(spec, ids, spec.most ?? 100),
};

function plain(control, spec) {
  control.addEventListener("change", () => spec.changed?.());
  return { control, targets: () => [control], read: () => control.value, write: (value) => { control.value = value ?? ""; } };
}

function menu(spec, ids) {
  const control = h("select", { id: ids.input, on: { change: () => spec.changed?.() } },
    h("option", { value: "" }, spec.placeholder || "Select an option"),
    spec.options.map((one) => h("option", { value: one.value }, one.label)));
  return { control, targets: () => [control], read: () => control.value, write: (value) => { control.value = [value].flat()[0] ?? ""; } };
}

function choices(spec, ids, type) {
  const inputs = spec.options.map((one) => h("input", { type, id: newId("choice"), name: ids.input, value: one.value, on: { change: () => spec.changed?.() } }));
  const control = h("div", { class: inputs.length > MANY ? "choices many" : "choices" }, spec.options.map((one, at) =>
    h("div", { class: "choice" }, inputs[at],
      h("label", { for: inputs[at].id }, one.label, one.description && h("small", {}, one.description)))));
  const ticked = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    control,
    group: true,
    targets: () => inputs,
    read: () => (type === "radio" ? ticked()[0] ?? "" : ticked()),
    write: (value) => { for (const input of inputs) input.checked = [value].flat().includes(input.value); },
  };
}

function found(spec, ids, most) {
  const box = typeahead({ id: ids.input, find: spec.find, least: spec.least, most, placeholder: spec.placeholder, changed: () => spec.changed?.() });
  const named = (value) => ({ value, title: spec.names?.[value] ?? value });
  return {
    control: box.element,
    targets: () => [box.input],
    read: () => (most === 1 ? box.picked()[0]?.value ?? "" : box.picked().map((one) => one.value)),
    // What was picked keeps its title: {value, title} when it comes from a field drawn before, a bare value otherwise.
    write: (value) => box.pick([value].flat().filter(Boolean).map((one) => (one.value ? one : named(one)))),
    picked: () => box.picked(),
  };
}
