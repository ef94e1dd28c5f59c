/* An Adaptive Card 1.5 as Teams draws it, with its inputs, and what the client does between two requests:
   unfold, hide, complain. `doing`: {act(action, data), search(dataset, text, others)}. */

import { busily, h, newId } from "./dom.js";
import { cardField, complaintOf } from "./card-fields.js";
import { markdown } from "./card-text.js";

/** Draws a card: {element, foot, fields}. `foot` holds the card's own actions, for a dialog to put at its end. */
export function card(content, doing) {
  const sheet = { fields: [], byId: new Map(), doing };
  const body = elements(content.body, { sheet, scope: [] });
  const foot = actions(content.actions, { sheet, scope: [] }, "card-actions");
  const element = h("div", { class: "card" }, body, foot);
  tie(element, sheet);
  return { element, foot, fields: sheet.fields };
}

const elements = (list, at) => (list ?? []).map((one) => named(one, at, (DRAWN[one.type] ?? unknown)(one, at)));

function named(one, at, node) {
  node.classList.add(`space-${low(one.spacing)}`);
  if (one.separator) node.classList.add("separated");
  if (one.isVisible === false) node.hidden = true;
  if (one.id) at.sheet.byId.set(one.id, node);
  return node;
}

const low = (word, usual = "default") => String(word ?? usual).toLowerCase();
const unknown = (one) => h("p", { class: "hint" }, `An element of the type ${one.type} is not drawn here.`);

const looks = (one) => [
  one.color && `color-${low(one.color)}`, one.size && `size-${low(one.size)}`, one.weight && `weight-${low(one.weight)}`,
  one.isSubtle && "subtle", low(one.fontType) === "monospace" && "mono", one.italic && "italic", one.strikethrough && "struck",
  one.underline && "underlined", one.highlight && "marked",
].filter(Boolean).join(" ");

const DRAWN = {
  TextBlock: (one) => h(low(one.style) === "heading" ? "h3" : "div", { class: `text ${looks(one)}${one.wrap ? "" : " one-line"}` }, markdown(one.text)),
  RichTextBlock: (one) => h("div", { class: "text rich" }, (one.inlines ?? []).map((run) =>
    (typeof run === "string" ? run : h("span", { class: looks(run) }, run.text)))),
  FactSet: (one) => h("dl", { class: "facts" }, (one.facts ?? []).map((fact) => h("div", {}, h("dt", {}, markdown(fact.title)), h("dd", {}, markdown(fact.value))))),
  Container: (one, at) => h("div", { class: `box style-${low(one.style)}${one.showBorder ? " bordered" : ""}` }, elements(one.items, at)),
  ColumnSet: (one, at) => h("div", { class: `columns style-${low(one.style)}` }, (one.columns ?? []).map((column) =>
    named(column, at, h("div", { class: `column ${wide(column.width)} style-${low(column.style)}` }, elements(column.items, at))))),
  Table: (one, at) => h("table", {}, h("tbody", {}, (one.rows ?? []).map((row) =>
    h("tr", {}, (row.cells ?? []).map((cell) => h("td", {}, elements(cell.items, at))))))),
  ActionSet: (one, at) => actions(one.actions, at, "card-actions"),
  Image: (one) => h("p", { class: "hint" }, one.altText || "An image"),
  ImageSet: (one) => h("p", { class: "hint" }, (one.images ?? []).map((image) => image.altText || "An image").join(", ")),
};
for (const kind of ["Text", "Number", "Date", "Time", "Toggle", "ChoiceSet"]) DRAWN[`Input.${kind}`] = input;

const wide = (width) => (width === "auto" ? "narrow" : "wide");

function input(one, at) {
  const { sheet, scope } = at;
  const made = cardField(one, {
    find: (text) => sheet.doing.search(one["choices.data"].dataset, text, one["choices.data"].associatedInputs === "auto" ? typed(sheet) : null),
  });
  sheet.fields.push({ one, scope, made });
  return made.element;
}

const typed = (sheet) => Object.fromEntries(sheet.fields.map(({ one, made }) => [one.id, made.wire()]).filter(([, value]) => value));

function actions(list, at, kind) {
  const shown = (list ?? []).filter((one) => one.isEnabled !== false);
  if (!shown.length) return h("div", { hidden: true });
  const unfolded = h("div", { class: "unfolded" });
  const row = h("div", { class: kind }, shown.map((one) => button(one, at, unfolded)));
  return h("div", { class: "actions-box" }, row, unfolded);
}

function button(one, at, unfolded) {
  const look = { positive: "primary", destructive: "danger" }[low(one.style)] ?? "plain";
  const made = h("button", { type: "button", class: look, title: one.tooltip, on: { click: (event) => press(one, at, unfolded, event.currentTarget) } }, one.title);
  if (one.type === "Action.ShowCard") made.setAttribute("aria-expanded", "false");
  return made;
}

async function press(one, at, unfolded, pressed) {
  if (one.type === "Action.ToggleVisibility") return toggle(one, at.sheet);
  if (one.type === "Action.ShowCard") return unfold(one, at, unfolded, pressed);
  if (one.type === "Action.OpenUrl") return undefined;
  const data = gather(one, at);
  if (!data) return undefined;
  return busily(pressed, () => at.sheet.doing.act(one, data));
}

function toggle(one, sheet) {
  for (const target of one.targetElements ?? []) {
    const node = sheet.byId.get(target.elementId ?? target);
    if (node) node.hidden = target.isVisible === undefined ? !node.hidden : !target.isVisible;
  }
}

function unfold(one, at, unfolded, pressed) {
  const open = pressed.getAttribute("aria-expanded") === "true";
  for (const other of pressed.parentElement.children) if (other.hasAttribute("aria-expanded")) other.setAttribute("aria-expanded", "false");
  const scope = [...at.scope, one.title];
  at.sheet.fields = at.sheet.fields.filter((held) => held.scope.length < scope.length);
  unfolded.replaceChildren();
  if (open) return;
  pressed.setAttribute("aria-expanded", "true");
  const inside = { ...at, scope };
  unfolded.append(h("div", { class: "shown-card" }, elements(one.card.body, inside), actions(one.card.actions, inside, "card-actions")));
  tie(unfolded, at.sheet);
}

/* The action's data with the inputs in it; null when the client itself complains. Empty ones are left out. */
function gather(one, { sheet, scope }) {
  const data = one.data ?? {};
  if (low(one.associatedInputs) === "none") return data;
  const sent = sheet.fields.filter((held) => held.scope.every((name, at) => name === scope[at]));
  let wrong = null;
  for (const { one: element, made } of sent) {
    const words = made.element.hidden || made.element.closest("[hidden]") ? "" : complaintOf(element, made.wire());
    made.complain(words);
    if (words) wrong ??= made;
  }
  wrong?.focus();
  const filled = sent.map(({ one: element, made }) => [element.id, made.wire()]).filter(([, value]) => value);
  return wrong ? null : { ...data, ...Object.fromEntries(filled) };
}

const ALARMING = ".color-attention, .color-warning";
const isAlarming = (line) => line.matches(ALARMING) || line.querySelector(ALARMING) !== null;

/* A line in the colour of trouble right after an input, or beside the only input of its box, is about that input. */
function tie(root, sheet) {
  for (const line of [...root.querySelectorAll(".text")].filter(isAlarming)) {
    const boxed = line.parentElement.classList.contains("box") ? line.parentElement.querySelectorAll(":scope > .field") : [];
    const owner = line.previousElementSibling?.classList.contains("field") ? line.previousElementSibling : boxed.length === 1 ? boxed[0] : null;
    const held = owner && sheet.fields.find(({ made }) => made.element === owner);
    if (!held) continue;
    line.id ||= newId("complaint");
    line.classList.add("beside");
    held.made.tie(line.id);
  }
}
