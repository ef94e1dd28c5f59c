/* Block Kit as Slack draws it, in messages and in modals. `doing` says what a press does; fields are collected by
   their block_id and action_id. */

import { busily, h, icon } from "./dom.js";
import { field } from "./fields.js";
import { menuButton } from "./menu.js";
import { question } from "./overlay.js";
import { rich, textOf } from "./slack-text.js";

/** Draws blocks. `doing`: {press(block_id, action_id, value), search(block_id, action_id, text),
 *  changed(block_id, action_id)}; `value` is the option chosen from an overflow menu. */
export function blocks(list, doing) {
  const fields = new Map();
  const nodes = (list ?? []).map((block) => (BLOCKS[block.type] ?? unknown)(block, doing, fields));
  return { nodes, fields };
}

export const keyOf = (block_id, action_id) => JSON.stringify([block_id, action_id]);

const BLOCKS = {
  header: (block) => h("h3", { class: "b-header" }, textOf(block.text)),
  divider: () => h("hr"),
  context: (block) => h("div", { class: "b-context" }, block.elements.map((one) => h("span", {}, textOf(one)))),
  rich_text: (block) => h("div", { class: "b-rich" }, rich(block)),
  alert: (block) => h("div", { class: `b-alert ${block.level ?? "default"}` }, icon("warn"), h("p", {}, textOf(block.text))),
  section,
  actions: (block, doing, fields) => h("div", { class: "b-actions" }, block.elements.map((one) => element(block, one, doing, fields))),
  input,
};

const unknown = (block) => h("p", { class: "hint" }, `A block of the type ${block.type} is not drawn here.`);

function section(block, doing, fields) {
  const label = block.text?.text ?? "";
  return h("div", { class: "b-section" },
    h("div", { class: "b-text" },
      block.text && h("p", {}, textOf(block.text)),
      block.fields && h("div", { class: "b-fields" }, block.fields.map((one) => h("p", {}, textOf(one))))),
    block.accessory && element(block, block.accessory, doing, fields, label));
}

function element(block, one, doing, fields, label = "") {
  if (one.type === "button") return button(block, one, doing);
  if (one.type === "overflow") return overflow(block, one, doing);
  return filled(block, one, doing, fields, { label: one.placeholder?.text ?? label, required: true, dispatches: true });
}

function button(block, one, doing) {
  const press = async (event) => {
    const pressed = event.currentTarget;
    if (one.confirm && !(await question(asked(one.confirm)))) return;
    await busily(pressed, () => doing.press(block.block_id, one.action_id));
  };
  return h("button", { type: "button", class: one.style ?? "plain", "aria-label": one.accessibility_label, data: { action: one.action_id ?? "" }, on: { click: press } }, textOf(one.text));
}

function overflow(block, one, doing) {
  const entries = () => one.options.map((option) => ({ label: option.text.text, do: () => doing.press(block.block_id, one.action_id, option.value) }));
  return menuButton({ label: "More", face: icon("more"), entries, kind: "plain" });
}

const asked = (confirm) => ({
  title: confirm.title.text, text: h("p", {}, textOf(confirm.text)), yes: confirm.confirm.text, no: confirm.deny.text,
  danger: confirm.style === "danger", look: "slack",
});

function input(block, doing, fields) {
  const required = block.optional !== true;
  return filled(block, block.element, doing, fields, {
    label: block.label.text, hint: block.hint?.text, required, mark: required ? "" : "(optional)", dispatches: block.dispatch_action === true,
  });
}

const KINDS = {
  plain_text_input: "text", datepicker: "date", timepicker: "time", static_select: "menu", radio_buttons: "radio",
  checkboxes: "checks", multi_static_select: "checks", external_select: "pick", users_select: "pick", multi_external_select: "picks",
};

function filled(block, one, doing, fields, told) {
  const kind = one.type === "plain_text_input" && one.multiline ? "long" : KINDS[one.type];
  if (!kind) return unknown(one);
  const made = field({
    ...told, kind, placeholder: one.placeholder?.text, options: options(one),
    least: one.min_query_length ?? (one.type === "users_select" ? 1 : 3), most: one.max_selected_items,
    rows: 5, find: (text) => doing.search(block.block_id, one.action_id, text),
    changed: told.dispatches && kind !== "text" && kind !== "long" ? () => doing.changed?.(block.block_id, one.action_id) : undefined,
  });
  made.type = one.type;
  made.longest = one.max_length ?? 3000;
  made.block = block.block_id;
  fields.set(keyOf(block.block_id, one.action_id), made);
  return made.element;
}

function options(one) {
  const every = one.options ?? (one.option_groups ?? []).flatMap((group) => group.options);
  return every.map((option) => ({ value: option.value, label: textOf(option.text), description: option.description && textOf(option.description) }));
}
