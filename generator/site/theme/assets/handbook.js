// What every page needs: the palette, the navigation on phones, the place in the page, and the way to the search.
// Without this script all can be read and reached; nothing here is needed to read.
(() => {
  "use strict";

  const root = document.documentElement;
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  // What was chosen here before; with a `value`, to be kept (or, null, forgotten).
  const remembered = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`handbook.${key}`);
      if (value === null) localStorage.removeItem(`handbook.${key}`);
      else localStorage.setItem(`handbook.${key}`, value);
    } catch (error) {
      // Storage may be forbidden; then the choice lasts as long as the page.
    }
  };

  // --- palette: the system's, unless the reader has chosen the other one ---

  const dark = matchMedia("(prefers-color-scheme: dark)");

  // The browser's own frame around the page, on phones, has the colour of the paper.
  const frame = () => {
    const paper = getComputedStyle(root).getPropertyValue("--hb-paper").trim();
    all('meta[name="theme-color"]').forEach((meta) => (meta.content = paper));
  };

  const paint = (isDark) => {
    root.dataset.mdColorScheme = isDark ? "slate" : "default";
    frame();
  };

  all(".hb-palette[data-scheme]").forEach((button, i, both) =>
    button.addEventListener("click", () => {
      const { scheme } = button.dataset;
      const isDark = scheme === "dark";
      remembered("palette", isDark === dark.matches ? null : scheme);
      paint(isDark);
      both[1 - i].focus();
    })
  );

  // The options of mkdocs.yml instead: the script in the head knows them, and which one to show.
  if (window.handbookPalette) {
    const buttons = all(".hb-palette");
    const show = (option) => {
      const shown = handbookPalette(option);
      buttons.forEach((button) => (button.hidden = button.dataset.option !== shown));
      frame();
    };
    buttons.forEach((button, i) =>
      button.addEventListener("click", () => {
        const next = buttons[(i + 1) % buttons.length];
        remembered("option", next.dataset.option);
        show(next.dataset.option);
        next.focus();
      })
    );
    dark.addEventListener("change", () => show(remembered("option")));
    show(remembered("option"));
  } else {
    dark.addEventListener("change", () => paint((remembered("palette") || (dark.matches ? "dark" : "")) === "dark"));
    if (remembered("palette")) frame();
  }

  // --- navigation on phones: Material's checkboxes, with what the keyboard and screen readers need ---

  const drawer = one("#__drawer");
  const menu = one("button.hb-menu");
  const side = one(".md-sidebar--primary");

  // Labels work for the pointer only; buttons take their places when the navigation opens first.
  const swap = () => {
    all(".md-nav__toggle").forEach((toggle) => {
      const panel = toggle.parentNode.querySelector(".md-nav");
      const title = panel?.querySelector(".md-nav__title").textContent.trim();
      const buttons = all(`label[for="${toggle.id}"]`).map((label) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = label.className;
        button.setAttribute("for", toggle.id); // Material's rules ask for it
        if (label.id) button.id = label.id;
        button.append(...label.childNodes);
        if (!button.textContent.trim()) button.setAttribute("aria-label", title);
        button.addEventListener("click", () => toggle.click());
        label.replaceWith(button);
        return button;
      });
      const say = () => buttons.forEach((button) => button.setAttribute("aria-expanded", toggle.checked));
      toggle.addEventListener("change", () => {
        say();
        buttons.find((button) => panel.contains(button) === toggle.checked)?.focus();
      });
      say();
    });
  };

  const follow = () => {
    const open = drawer.checked;
    menu.setAttribute("aria-expanded", open);
    all(".md-skip, .md-header, .md-tabs, .md-sidebar--secondary, .md-content, .md-footer").forEach((element) => {
      element.inert = open;
    });
    if (!open) menu.focus();
    else
      [...side.querySelectorAll("a, button")]
        .find((element) => getComputedStyle(element).visibility === "visible" && element.offsetWidth && element.tabIndex >= 0)
        ?.focus();
  };

  const shut = () => {
    if (!drawer.checked) return;
    drawer.checked = false;
    follow();
  };

  menu.addEventListener("click", () => drawer.click());
  drawer.addEventListener("change", swap, { once: true });
  drawer.addEventListener("change", follow);
  drawer.checked = false; // also when one comes back to the page
  side.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')) shut();
  });
  matchMedia("(min-width: 76.25em)").addEventListener("change", shut);
  // Beside the text of a desk they stay labels, of which the keyboard knows nothing.
  side.addEventListener("keydown", (event) => {
    if (event.target.localName !== "label" || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.target.click();
  });

  // --- the place in the page: "on this page" follows it, and the language switch keeps it ---

  const headings = all(".md-content :is(h1, h2, h3)[id]");
  const entries = all('.md-nav--secondary a[href^="#"]');
  let shown;
  let waiting;

  // The id of the last heading above the reader's eyes.
  const place = () => {
    let low = 0;
    for (let high = headings.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (headings[middle].getBoundingClientRect().top > 100) high = middle;
      else low = middle + 1;
    }
    return low ? headings[low - 1].id : "";
  };

  const mark = () => {
    waiting = false;
    const below = root.scrollHeight - innerHeight - scrollY;
    root.classList.toggle("hb-scrolled", scrollY > 1.5 * innerHeight && below > 200);
    const id = place();
    further();
    if (id === shown) return;
    shown = id;
    entries.forEach((link) => {
      const here = decodeURIComponent(link.hash) === `#${id}`;
      link.classList.toggle("md-nav__link--active", here);
      if (!here) return link.removeAttribute("aria-current");
      link.setAttribute("aria-current", "location");
      const frame = link.closest(".md-sidebar--secondary .md-sidebar__scrollwrap");
      if (!frame) return;
      const at = link.getBoundingClientRect().top - frame.getBoundingClientRect().top;
      if (at < 40 || at > frame.offsetHeight - 40) frame.scrollTop += at - frame.offsetHeight / 2;
    });
  };

  const features = (root.dataset.hbFeatures || "").split(" ");
  const header = one(".md-header");
  let before = scrollY;

  // Of Material's features: the header goes out of the way, the address follows the place.
  const further = () => {
    if (features.includes("header.autohide")) {
      header.hidden = scrollY > before && scrollY > 400 && !header.contains(document.activeElement);
      before = scrollY;
    }
    if (features.includes("navigation.tracking") && shown !== undefined && decodeURIComponent(location.hash) !== `#${shown}`)
      history.replaceState(history.state, "", shown ? `#${shown}` : location.pathname + location.search);
  };

  const later = () => {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  };
  addEventListener("scroll", later, { passive: true });
  later();

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".hb-languages a");
    if (link) link.hash = scrollY > 0 ? place() : "";
  });

  // --- consent, where mkdocs.yml asks for it: a link to #__consent shows the question again ---

  const consent = one("#__consent");
  addEventListener("hashchange", () => {
    if (consent && location.hash === "#__consent") consent.hidden = false;
  });

  // --- search: its script and its index are asked for when the reader goes to it ---

  const button = one(".hb-search-button");
  let asked;

  const search = (query) => {
    if (window.handbookSearch) return handbookSearch.open(query);
    if (asked) return;
    asked = document.createElement("script");
    asked.src = button.dataset.script;
    asked.onload = () => {
      handbookSearch.start(button.dataset.index, remembered);
      handbookSearch.open(query);
    };
    asked.onerror = () => {
      asked.remove();
      asked = null;
      const status = one(".hb-search__status");
      status.textContent = status.dataset.failed;
      one(".hb-search__ways").hidden = false;
      if (!one("#hb-search").open) one("#hb-search").showModal();
    };
    document.head.append(asked);
  };

  button.addEventListener("click", () => search());
  const sent = new URLSearchParams(location.search).get("q");
  if (sent) search(sent);

  // --- keys ---

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (key === "escape") return shut();
    const single =
      !command &&
      !event.shiftKey &&
      !event.target.closest("input, textarea, select, dialog, [contenteditable]") &&
      remembered("keys") !== "off";
    if ((command && key === "k") || (single && "/sf".includes(key))) {
      event.preventDefault();
      search();
    } else if (single && (key === "p" || key === "n")) {
      const turn = one(`link[rel="${key === "p" ? "prev" : "next"}"]`);
      if (turn) location.href = turn.href;
    }
  });
})();
