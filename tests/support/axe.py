"""axe-core in the pages of the site: what it finds against WCAG 2.2 AA and good practice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from playwright.sync_api import Page

from . import nodejs

Scheme = Literal["light", "dark"]

TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_COLOUR: Final = ("color-contrast", "link-in-text-block")
"""The only rules that look at colours; the elements are the same in light and dark."""

_START: Final = """([only, tags, dark, within]) => {
  document.getAnimations().forEach(animation => animation.finish());
  const twoFrames = new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  window.measured = twoFrames.then(async () => {
    const paper = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
    if ((paper[0] + paper[1] + paper[2] < 384) !== dark) return [["scheme", `the paper is ${paper}`]];
    const rules = only.length ? { type: "rule", values: only } : { type: "tag", values: tags };
    axe.configure({ noHtml: true }); // the selectors say where
    const preload = { assets: ["media"] }; // no rule of ours reads style sheets
    const options = { runOnly: rules, resultTypes: ["violations"], preload };
    const { violations } = await axe.run(within || document, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
      [id, `${target.join(" ")}: ${[...any, ...all, ...none].map(check => check.message).join("; ")}`]));
  });
}"""
_STILL: Final = "*, ::before, ::after { transition: none !important; animation: none !important }"


def findings(pages: Sequence[tuple[Page, int]], scheme: Scheme, *, complete: bool, within: str = "") -> list[list[str]]:
    """For each of `pages`, at a width, what axe finds: `rule element: message`. They are measured at the same time.

    Not `complete`: only by the rules that look at colours. `within`: only in what that selects.
    """
    rules = () if complete else OF_COLOUR
    for page, width in pages:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if not page.evaluate("'axe' in window"):  # "window.axe" would bring it over as a whole, in a third of a second
            page.add_style_tag(content=_STILL)
            page.evaluate((nodejs.FOLDER / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
        page.evaluate(_START, [rules, TAGS, scheme == "dark", within])
    return [[f"{rule} {where}" for rule, where in page.evaluate("window.measured")] for page, _ in pages]
