"""Large pages made small: of what is alike in a list, three stay.

A page of the glossary has 264 words, each built as the others are. What is asked of every element of a page (that axe
finds nothing in it, that the keyboard comes to it, that its focus is seen) has the same answer for each of them, and
takes minutes for all. What differs in any element, class, kind or name of an attribute, or in having words at all, is
not alike and stays.
"""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

_THIN_OUT: Final = r"""() => {
  const numbers = new Map();
  const numbered = text => numbers.get(text) ?? numbers.set(text, numbers.size).get(text);
  const known = new Map();
  const look = element => {
    const attributes = [...element.attributes].map(({ name, value }) =>
      /^(class|dir|hidden|lang|role|scope|type)$/.test(name) || name.startsWith("aria-") && /^(true|false)$/.test(value)
        ? `${name}=${value}` : name);
    const hasWords = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const inner = new Set([...element.children].map(look));
    const kind = numbered([element.localName, hasWords, attributes.sort(), "within", ...[...inner].sort()].join());
    known.set(element, kind);
    return kind;
  };
  look(document.body);

  const isHeading = ({ localName }) => /^h[2-6]$/.test(localName);
  // Parts of a page that have nothing around them: a heading and what follows, unless that is a heading below it.
  const sections = parent => {
    const found = [];
    for (const child of parent.children) {
      if (isHeading(child)) found.push([child]);
      else if (found.length) found.at(-1).push(child);
    }
    return found.filter((_, i) => !found[i + 1] || found[i + 1][0].localName <= found[i][0].localName);
  };
  const isItem = ({ localName }) => /^(li|tr|option|details|section|div)$/.test(localName);
  const thinOut = groups => {
    const alike = new Map();
    for (const group of groups) {
      const kind = group.map(element => known.get(element)).join();
      alike.set(kind, [...(alike.get(kind) || []), group]);
    }
    for (const same of alike.values()) for (const element of same.slice(2, -1).flat()) element.remove();
  };
  for (const parent of document.body.querySelectorAll("*")) {
    if (!parent.isConnected) continue;
    thinOut(sections(parent));
    thinOut([...parent.children].filter(isItem).map(element => [element]));
  }
}"""


def thin_out(page: Page) -> None:
    """Leave the first two and the last of those elements of `page` that are alike, and stand in one list or section."""
    page.evaluate(_THIN_OUT)
