/* The panel of rules that were broken; hidden while there are none. */

import { h } from "./dom.js";

const PLATFORM = { slack: "Slack", teams: "Teams" };

export function refused(list) {
  document.getElementById("refused").hidden = !list.length;
  document.getElementById("refused-count").textContent = String(list.length);
  document.getElementById("refused-list").replaceChildren(...list.slice(-50).reverse().map((one) =>
    h("li", {}, h("span", { class: `platform ${one.platform}` }, PLATFORM[one.platform]), " ", one.rule)));
}
