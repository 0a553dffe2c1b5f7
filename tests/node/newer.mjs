// What a style sheet, a script or a page uses that browsers of a given age lack.
// Arguments: files. Output: [[path, line, feature, since, alone], …]; `since` says which browsers have it, and
// `alone` is false where the style sheet says something else to browsers that lack it.
import { readFileSync } from "node:fs";
import { parse as parseScript } from "acorn";
import * as css from "css-tree";

const { default: data } = await import("@mdn/browser-compat-data", { with: { type: "json" } });
const OLDEST = { chrome: 100, safari: 15.4 };
const SYNTAX = 2021;

const found = [];
let path;

// --- what the browsers have -------------------------------------------------------------------------------

const since = (compat, browser) => {
  const ways = [compat.support[browser] ?? []].flat();
  const plain = ways.filter((way) => !way.flags && !way.prefix && !way.alternative_name && !way.version_removed);
  const versions = plain.map((way) => (way.version_added ? parseFloat(String(way.version_added).replace("≤", "")) : NaN));
  return Math.min(...versions.filter((version) => !isNaN(version)), Infinity);
};

// "" when the old browsers have `feature`, or when nobody knows it.
const newer = (feature) => {
  const compat = feature?.__compat;
  if (!compat) return "";
  const lacking = Object.keys(OLDEST).filter((browser) => since(compat, browser) > OLDEST[browser]);
  return lacking.map((browser) => `${browser} ${since(compat, browser)}`).join(", ");
};

const report = (line, feature, versions, alone = true) => found.push([path, line, feature, versions, alone]);

// --- scripts ----------------------------------------------------------------------------------------------

// A name that no object of the old browsers has: name → the browsers that have it.
const names = new Map();
const known = new Set();
const learn = (features) => {
  for (const [name, feature] of Object.entries(features)) {
    if (name === "__compat") continue;
    const plain = name.replace(/_static$/, "").replace(/_event$/, " event");
    const versions = newer(feature);
    if (versions) names.set(plain, versions);
    else known.add(plain);
  }
};
for (const tree of [data.api, data.javascript.builtins]) {
  learn(tree);
  for (const members of Object.values(tree)) learn(members);
}
for (const name of known) names.delete(name);

const walk = (node, visit) => {
  if (!node || typeof node.type !== "string") return;
  visit(node);
  for (const value of Object.values(node)) for (const child of [value].flat()) walk(child, visit);
};

const script = (text, first = 1) => {
  const own = new Set(); // names that the script gives to its own things
  const use = (line, name) => names.has(name) && !own.has(name) && report(line, name, names.get(name));
  let tree;
  try {
    tree = parseScript(text, { ecmaVersion: SYNTAX, sourceType: "script", locations: true });
  } catch (error) {
    report(first + (error.loc?.line ?? 1) - 1, `syntax: ${error.message}`, `newer than ECMAScript ${SYNTAX}`);
    return;
  }
  walk(tree, (node) => {
    if (node.type === "Property") own.add(node.key.name ?? node.key.value);
    const name = node.type === "AssignmentExpression" && node.left.property?.name;
    if (name && !data.html.global_attributes[name]) own.add(name);
  });
  walk(tree, (node) => {
    const line = first + node.loc.start.line - 1;
    if (node.type === "MemberExpression" && !node.computed) use(line, node.property.name);
    if (node.type === "MemberExpression" && node.property.type === "Literal") use(line, node.property.value);
    if (node.type === "Identifier" && /^[A-Z]/.test(node.name)) use(line, node.name);
    if (node.type === "CallExpression" && node.callee.property?.name === "addEventListener")
      use(line, `${node.arguments[0].value} event`);
    if (node.type === "Literal" && node.regex) {
      if (/\(\?<[=!]/.test(node.regex.pattern)) report(line, "regexp lookbehind", "safari 16.4");
      if (/\(\?[ims-]+:/.test(node.regex.pattern)) report(line, "regexp modifiers", "chrome 125, safari 26");
    }
  });
};

// --- style sheets -----------------------------------------------------------------------------------------

const types = new Map(); // functions that may stand in any value: color-mix, …
const collect = (features) => {
  for (const [name, feature] of Object.entries(features)) {
    if (name === "__compat") continue;
    if (newer(feature)) types.set(name, newer(feature));
    collect(feature);
  }
};
collect(data.css.types);
const UNITS = /^(?:[sld]v(?:w|h|min|max|i|b)|cq(?:w|h|i|b|min|max)|r?(?:cap|ic|lh)|rex|rch)$/;

const style = (text, first = 1) => {
  const tree = css.parse(text, { positions: true, parseCustomProperty: true, onParseError: (error) => {
    report(first + error.line - 1, `syntax: ${error.message}`, "no browser");
  } });
  let supports = 0;
  let pages = 0;
  const blocks = [];
  css.walk(tree, {
    enter(node, item, list) {
      const line = first + (node.loc?.start.line ?? 1) - 1;
      if (node.type === "Atrule") {
        if (node.name === "supports") supports += 1;
        if (node.name === "page") pages += 1;
        const versions = newer(data.css["at-rules"][node.name]);
        if (versions) report(line, `@${node.name}`, versions, !supports);
      } else if (node.type === "Feature") {
        const versions = newer(data.css["at-rules"].media[node.name]);
        if (versions) report(line, `@media (${node.name})`, versions, !supports);
      } else if (node.type === "FeatureRange") {
        report(line, "@media (a < b)", newer(data.css["at-rules"].media.range_syntax), !supports);
      } else if (node.type === "Rule") {
        if (blocks.some((kind) => kind === "Rule")) report(line, "nesting", newer(data.css.selectors.nesting), !supports);
      } else if (node.type === "SelectorList" && !blocks.includes("SelectorList")) {
        selectors(node, line, supports);
      } else if (node.type === "Declaration") {
        declaration(node, line, item, supports, pages ? data.css["at-rules"].page : {});
      }
      blocks.push(node.type);
    },
    leave(node) {
      blocks.pop();
      if (node.type === "Atrule" && node.name === "supports") supports -= 1;
      if (node.type === "Atrule" && node.name === "page") pages -= 1;
    },
  });
};

// One selector that a browser does not know takes the whole list with it.
const selectors = (list, line, supports) => {
  const uses = list.children.toArray().map((selector) => {
    const newest = [];
    css.walk(selector, (node) => {
      if (!/^Pseudo(?:Class|Element)Selector$/.test(node.type) || node.name.startsWith("-")) return;
      const versions = newer(data.css.selectors[node.name]);
      if (versions) newest.push([`:${node.name}`, versions]);
    });
    return newest;
  });
  const mixed = uses.some((newest) => newest.length) && !uses.every((newest) => newest.length);
  for (const [name, versions] of uses.flat()) {
    report(line, mixed ? `${name} in one list with selectors that all browsers know` : name, versions, !supports);
  }
};

const declaration = (node, line, item, supports, descriptors) => {
  if (!item || node.property.startsWith("-")) return; // in the condition of @supports; a custom or vendor's property
  const property = descriptors[node.property] ?? data.css.properties[node.property];
  const versions = newer(property);
  if (versions) report(line, node.property, versions, !supports);
  if (!versions && !property) report(line, `${node.property}: unknown`, "no browser");
  if (versions || !property) return;
  let before = item.prev;
  while (before && before.data.property !== node.property) before = before.prev;
  const use = (name, newest) => newest && report(line, `${node.property}: ${name}`, newest, !supports && !before);
  css.walk(node.value, (part) => {
    if (part.type === "Identifier") use(part.name, newer(property[part.name]));
    if (part.type === "Function") use(`${part.name}()`, newer(property[part.name]) || types.get(part.name));
    if (part.type === "Dimension" && UNITS.test(part.unit)) use(part.unit, "chrome 108, safari 15.4");
  });
};

// --- pages ------------------------------------------------------------------------------------------------

const lines = (text, index) => text.slice(0, index).split("\n").length;

const page = (text) => {
  for (const match of text.matchAll(/<script(?<attributes>[^>]*)>(?<body>[^]*?)<\/script>/g)) {
    const { attributes, body } = match.groups;
    const data = /type="?(?!text\/javascript|module)/.test(attributes);
    if (body.trim() && !data) script(body, lines(text, match.index + match[0].indexOf(">")));
  }
  const bare = text.replace(/<!--[^]*?-->|<(script|style)[^>]*>[^]*?<\/\1>/g, (all) => all.replace(/[^\n]/g, " "));
  const seen = new Set();
  for (const { 1: tag, 2: attributes, index } of bare.matchAll(/<([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g)) {
    const element = data.html.elements[tag];
    const uses = [[`<${tag}>`, element]];
    const bareNames = attributes.replace(/"[^"]*"|'[^']*'/g, "");
    for (const { 1: name } of bareNames.matchAll(/\s([a-z-]+)(?==|\s|$|\/)/g))
      uses.push([`<${tag} ${name}>`, element?.[name] ?? data.html.global_attributes[name]]);
    for (const [name, feature] of uses) {
      if (newer(feature) && !seen.has(name)) report(lines(bare, index), name, newer(feature));
      seen.add(name);
    }
  }
};

for (path of readFileSync(0, "utf-8").split("\n").filter(Boolean)) {
  const text = readFileSync(path, "utf-8");
  if (path.endsWith(".css")) style(text);
  else if (path.endsWith(".js")) script(text);
  else page(text);
}
process.stdout.write(JSON.stringify(found));
