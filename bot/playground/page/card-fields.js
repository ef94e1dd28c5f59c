/* The inputs of an Adaptive Card, and what the Teams client complains about before it sends anything. */

import { field } from "./fields.js";
import { markdown } from "./card-text.js";

/** An input: a field (fields.js) with `wire()`, its value as Teams sends it, and `tie(id)`, to the card's own complaint. */
export function cardField(one, { find }) {
  const toggle = one.type === "Input.Toggle";
  const options = toggle ? [{ value: one.valueOn ?? "true", title: one.title }] : one.choices ?? [];
  const made = field({
    kind: kindOf(one), label: one.label || one.title || one.id, required: one.isRequired, mark: one.isRequired ? "*" : "",
    options: options.map((choice) => ({ value: choice.value, label: markdown(choice.title) })),
    names: Object.fromEntries(options.map((choice) => [choice.value, choice.title])),
    placeholder: one.placeholder, min: one.min, max: one.max, rows: 4, find, least: 1, value: first(one),
  });
  made.wire = () => {
    const value = made.read();
    if (toggle) return value.length ? value[0] : one.valueOff ?? "false";
    return Array.isArray(value) ? value.join(",") : value;
  };
  made.tie = (id) => {
    const target = made.element.tagName === "FIELDSET" ? made.element : made.element.querySelector("input, select, textarea");
    target.setAttribute("aria-describedby", id);
    target.setAttribute("aria-invalid", "true");
    made.element.classList.add("wrong");
  };
  return made;
}

function kindOf(one) {
  if (one.type === "Input.Date") return "date";
  if (one.type === "Input.Time") return "time";
  if (one.type === "Input.Toggle") return "checks";
  if (one.type !== "Input.ChoiceSet") return one.isMultiline ? "long" : "text";
  if (one["choices.data"]) return one.isMultiSelect ? "picks" : "pick";
  if (one.isMultiSelect) return "checks";
  return String(one.style ?? "compact").toLowerCase() === "expanded" ? "radio" : "menu";
}

function first(one) {
  const value = one.value ?? "";
  if (one.type === "Input.Toggle") return value === (one.valueOn ?? "true") ? [value] : [];
  if (one.type !== "Input.ChoiceSet") return String(value);
  return one.isMultiSelect ? String(value).split(",").filter(Boolean) : String(value);
}

/** What the client says beside an input; empty when it is content (Adaptive Cards, "Input validation"). */
export function complaintOf(one, value) {
  const own = one.errorMessage;
  if (one.isRequired && !value) return own || "This field is required.";
  if (one.maxLength && value.length > one.maxLength) return `At most ${one.maxLength} characters.`;
  if (value && one.regex && !new RegExp(one.regex).test(value)) return own || "This is not in the form that is asked for.";
  const moment = one.type === "Input.Date" || one.type === "Input.Time";
  if (value && moment && ((one.min && value < one.min) || (one.max && value > one.max))) return own || "This is out of range.";
  return "";
}
