// Writes as JSON the members that Microsoft's own renderer (npm adaptivecards) holds for itself: `object` on whatever
// it makes of a part of a card, `button` on what it makes of a button. No browser, no network.
"use strict";

const path = require("node:path");
const ac = require(path.join(process.cwd(), "node_modules", "adaptivecards", "dist", "adaptivecards.min.js"));

class Bare extends ac.SerializableObject {
  getSchemaKey() {
    return "Bare";
  }
}

function members(...made) {
  const found = new Set();
  for (let one of made) {
    for (const property of one.getSchema?.().items ?? []) found.add(property.name);
    for (; one; one = Object.getPrototypeOf(one)) Object.getOwnPropertyNames(one).forEach((name) => found.add(name));
  }
  return [...found].sort();
}

const button = members(new ac.SubmitAction(), new ac.ExecuteAction());
process.stdout.write(JSON.stringify({ object: members(new Bare()), button }));
