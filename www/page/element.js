// One way to make an element. Text goes in as text nodes, never as markup: whatever a token says, it
// cannot become part of this page.

/** `element("a", { href }, "text", child, null)`: attributes set, `null`, `undefined` and `false` left out. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** The element of this id; the page is broken without it, so a missing one throws here and not later. */
export function byId(id) {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`index.html has no #${id}`);
  return node;
}

/** Sets the text only where it differs: a live region speaks, and a selection is lost, on every write. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A link that leaves the page, in a tab of its own: what is filled in here stays. */
export function outsideLink(href, ...children) {
  return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
