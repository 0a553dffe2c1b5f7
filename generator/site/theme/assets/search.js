// The search of one edition, loaded when the reader goes to it. It reads all of the index for what was typed as it
// stands, so that Chinese needs no cutting into words; half a million characters take a few milliseconds.
(() => {
  "use strict";

  // --- finding -------------------------------------------------------------------------------------------------
  // The index: pages as [address, weight, sections], sections as [id, heading, text, other names].

  const WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
  const WORDS = RegExp(`${WIDE.source}+|(?:(?!${WIDE.source})[\\p{L}\\p{N}\\p{M}])+`, "gu");
  const LETTER = /[\p{L}\p{N}]/u;
  const ENDING = /(?:ations?|ings?|ions?|ments?|ness|ers?|ed|es|ly|ty|e|s|y)$/;
  // Characters that are in every sentence and say little of what it is about.
  const COMMON = /[的了着吗呢吧么什怎是要该能会可以在有没不和与跟及或还就都也又很最这那哪谁我你他她它们把被给让对到去来做办个]/;

  let pages = [];

  const bare = (text) =>
    text.toLowerCase().normalize("NFKC").replace(/[’']s\b/g, "").normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");

  const learn = (data) => {
    pages = data.map(([url, weight, sections]) => ({
      url,
      weight,
      sections: sections.map(([id, title, text, names]) => ({
        id,
        title,
        text,
        // To look in. `toLowerCase` keeps the length of nearly all text; what is shown is cut from the original.
        heading: title.toLowerCase(),
        body: text.toLowerCase(),
        names: bare(names).split("\n"),
      })),
    }));
  };

  // Where `word` stands in `text` as the beginning of a word (a Chinese one: anywhere), or -1.
  const find = (text, word, from = 0) => {
    let at = text.indexOf(word, from);
    if (!WIDE.test(word[0]))
      while (at > 0 && LETTER.test(text[at - 1]) && !WIDE.test(text[at - 1])) at = text.indexOf(word, at + 1);
    return at;
  };

  const isWhole = (text, word, at) => WIDE.test(word[0]) || !LETTER.test(text[at + word.length] || " ");

  // What a query asks for: words as typed, and their parts, which also count where the whole is not found. Of a run
  // of Chinese the parts are its pairs of characters; those with a common one count little.
  const parse = (query) => {
    const typed = bare(query).match(WORDS) || [];
    const words = typed.map((word) => word.replace(/(.)[不没]\1/gu, "$1")); // 忙不忙 asks about 忙
    const parts = [];
    const add = (form, factor, more) => parts.push({ forms: [form], factor, ...more });
    for (const word of words) {
      if (!WIDE.test(word)) {
        const stem = word.length > 3 ? word.replace(ENDING, "") : word;
        if (word.length > 1 || !words[1]) add(word, 1, stem.length > 2 && stem !== word && { forms: [word, stem] });
      } else if (!word[1]) add(word, 1);
      for (let i = 0; WIDE.test(word) && i < word.length - 1; i++) {
        const pair = word.slice(i, i + 2);
        const common = word[2] && COMMON.test(pair);
        // 公车 is short for 公务用车.
        add(pair, common ? 0.2 : 1, { short: !common && RegExp(`${pair[0]}.{1,2}${pair[1]}`) });
        // What stands together in a heading too is worth more than its pairs, and is not missed where it does not.
        if (i) add(word.slice(i - 1, i + 2), 0.5, { extra: true });
      }
    }
    return { words, parts, wholes: [typed.join(" "), typed.join(""), words.join(" ")] };
  };

  // How much a section has of one part: most in its heading, less in its other names, least in its text.
  const hits = (section, part) => {
    let best = part.short && part.short.test(section.heading) ? 2.5 : 0;
    part.forms.forEach((form, i) => {
      const less = i ? 0.8 : 1;
      let at = find(section.heading, form);
      if (at >= 0) best = Math.max(best, (isWhole(section.heading, form, at) ? 6 : 4.5) * less);
      else if (section.names.some((name) => find(name, form) >= 0)) best = Math.max(best, 5 * less);
      if (best >= 1 || part.extra) return;
      at = find(section.body, form);
      if (at < 0) return;
      const again = find(section.body, form, at + form.length) >= 0 ? 0.3 : 0;
      best = Math.max(best, (isWhole(section.body, form, at) ? 1 + again : 0.6) * less);
    });
    return best;
  };

  // How a section answers what was typed as a whole: 4 is its heading (in one of its languages), 3 in its heading,
  // 2 nearly so, 1 in its text.
  const answers = (section, wholes) =>
    wholes.reduce((best, whole, i) => {
      const names = [section.heading, ...section.names].filter((name) => find(name, whole) >= 0);
      const is = names.some((name) => name === whole || name.startsWith(`${whole} `) || name.endsWith(` ${whole}`));
      const now = is ? 4 : names.length ? 3 : find(section.body, whole) >= 0 ? 1 : 0;
      return Math.max(best, i === 2 && whole !== wholes[0] ? Math.min(now, 2) : now);
    }, 0);

  const byScore = (one, other) => other.score - one.score;

  // Pages that answer `query`, best first.
  const ask = (query) => {
    const { parts, wholes } = parse(query);
    const table = pages.map((page) => page.sections.map((section) => parts.map((part) => hits(section, part))));
    const weights = parts.map((part, i) => {
      const most = table.map((rows) => Math.max(...rows.map((row) => row[i])));
      const count = most.filter(Boolean).length;
      // What is nowhere says nothing; what is in no heading is no subject, and may be no word at all.
      const factor = Math.max(...most) > 2 ? part.factor : part.factor / 3;
      return count && factor * (0.1 + Math.max(0, Math.log((pages.length + 1) / (Math.max(count, 2) + 0.5))));
    });
    const sum = (row, value) => row.reduce((so, hit, i) => so + weights[i] * value(hit, parts[i]), 0);
    const covered = (row) => sum(row, (hit, part) => (hit && !part.extra ? 1 : 0));
    const total = covered(parts);
    if (!total) return [];

    const found = pages.map((page, at) => {
      const title = table[at][0];
      const result = { page, whole: 0, score: 0, share: 0, sections: [] };
      page.sections.forEach((section, i) => {
        const row = table[at][i];
        if (!row.some(Boolean)) return;
        // A section is read under the title of its page, which so counts for it.
        const both = row.map((hit, k) => Math.max(hit, i ? title[k] / 4 : 0));
        const share = covered(both) / total;
        const whole = answers(section, wholes);
        const score =
          sum(both, (hit) => (hit > 2 ? hit * (i ? 1 : 1.6) * page.weight ** 0.4 : hit * page.weight ** 0.5)) * share ** 1.5 +
          total * [0, 1.5, 6, 8, 14][whole] * page.weight ** 0.5;
        result.whole = Math.max(result.whole, whole);
        result.share = Math.max(result.share, share);
        result.sections.push({ section, score });
      });
      result.sections.sort(byScore);
      result.sections.slice(0, 4).forEach(({ score }, i) => (result.score += score / 4 ** i));
      if (result.whole > 2) result.score += 1000 * total;
      return result;
    });
    found.sort(byScore);
    // Where a heading has the whole, what has only parts of it would be noise.
    const least = found[0].whole > 2 ? 0.999 : found[0].share * 0.6;
    return found.filter((result) => result.score && result.share >= least);
  };

  // --- showing -------------------------------------------------------------------------------------------------

  const AT_FIRST = 10;
  const dialog = document.getElementById("hb-search");
  const [field, status, list, more, ways, keys] = ["query", "status", "found", "more", "ways", "keys input"].map((name) =>
    dialog.querySelector(`.hb-search__${name}`)
  );
  let state;
  let index;
  let timer;

  const element = (tag, name, content) => {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...content);
    return made;
  };

  // `text` in pieces, what was asked for marked.
  const marked = (text, forms) => {
    const low = text.toLowerCase();
    const pieces = [];
    let from = 0;
    for (;;) {
      let [at, length] = [-1, 0];
      for (const form of forms) {
        const here = find(low, form, from);
        if (here >= 0 && (at < 0 || here < at || (here === at && form.length > length))) [at, length] = [here, form.length];
      }
      if (at < 0) return [...pieces, text.slice(from)];
      pieces.push(text.slice(from, at), element("mark", "", [text.slice(at, at + length)]));
      from = at + length;
    }
  };

  // The line of `text` that has most of what was asked for, cut to what fits.
  const passage = (text, forms) => {
    let best = text.replace(/\n/g, " · ");
    let most = 0;
    for (const line of text.split("\n")) {
      const count = forms.filter((form) => find(line.toLowerCase(), form) >= 0).join("").length;
      if (count > most) [most, best] = [count, line];
    }
    const room = WIDE.test(best) ? 80 : 160;
    const places = forms.map((form) => find(best.toLowerCase(), form)).filter((at) => at >= 0);
    const first = Math.min(...places, best.length);
    const from = most && first > room * 0.6 ? first - Math.round(room * 0.3) : 0;
    return (from ? "…" : "") + best.slice(from, from + room) + (from + room < best.length ? "…" : "");
  };

  const show = ({ page, sections }, forms) => {
    const [main] = page.sections;
    const over = pages.find((other) => other !== page && other.url && other.url === page.url.replace(/[^/]*\/$/, ""));
    const link = (name, section) => {
      const made = element("a", `hb-search__${name}`, marked(section.title, forms));
      made.href = index.replace(/search\/[^/]*$/, "") + page.url + (section.id && `#${section.id}`);
      return made;
    };
    const text = (section) => element("p", "", marked(passage(section.text, forms), forms));
    const shown = [link("page", main)];
    if (over) shown.push(element("span", "hb-search__part", [over.sections[0].title]));
    sections.slice(0, 3).forEach(({ section, score }, i) => {
      if (section === main) shown.splice(over ? 2 : 1, 0, text(section));
      else if (!i || score > sections[0].score / 4) shown.push(link("section", section), text(section));
    });
    return element("li", "", shown);
  };

  // The address of the page holds the query, so that it can be sent and "back" comes to it again.
  const remember = (query) => {
    const url = new URL(location.href);
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    try {
      if (url.href !== location.href) history.replaceState(history.state, "", url.href);
    } catch (error) {
      // A page from the disk may not be allowed to.
    }
  };

  const update = (all) => {
    const query = field.value.trim();
    remember(query);
    dialog.dataset.state = state;
    if (state !== "ready") {
      status.textContent = status.dataset[state];
      ways.hidden = state !== "failed";
      return;
    }
    const found = ask(query);
    const { words, parts } = parse(query);
    const forms = [...words, ...parts.flatMap((part) => part.forms)];
    list.replaceChildren(...(all ? found : found.slice(0, AT_FIRST)).map((result) => show(result, forms)));
    more.hidden = all || found.length <= AT_FIRST;
    ways.hidden = found.length > 0;
    ways.firstElementChild.hidden = !query;
    const said = status.dataset[found[1] ? "other" : found[0] ? "one" : "none"];
    status.textContent = query && said.replace(/{n}/g, found.length).replace(/{query}/g, () => query);
    for (const link of ways.querySelectorAll("[data-asks]")) link.search = query && `?q=${encodeURIComponent(query)}`;
    dialog.scrollTop = 0;
    dialog.dataset.asked = query;
  };

  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(update, wait);
  };

  const load = () => {
    state = "loading";
    const script = document.createElement("script");
    script.src = index;
    script.onerror = () => {
      script.remove();
      state = "failed";
      update();
    };
    document.head.append(script);
  };

  // While a word is still being composed there is nothing to look for.
  field.addEventListener("input", (event) => event.isComposing || soon(100));
  field.addEventListener("compositionend", () => soon(0));

  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || !step) return;
    event.preventDefault();
    const stops = [field, ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
    stops[Math.max(0, stops.indexOf(document.activeElement) + step)]?.focus();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    update();
    list.querySelector("a")?.click();
  });
  more.addEventListener("click", () => {
    update(true);
    list.children[AT_FIRST].querySelector("a").focus();
  });
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const isHere = link && link.hash && link.pathname === location.pathname;
    if (event.target === dialog || event.target.closest(".hb-search__close") || isHere) dialog.close();
  });
  dialog.addEventListener("close", () => remember(""));

  window.handbookSearch = {
    ask,
    start(url, remembered) {
      index = url;
      keys.checked = remembered("keys") !== "off";
      keys.addEventListener("change", () => remembered("keys", keys.checked ? null : "off"));
    },
    open(query) {
      if (!dialog.open) dialog.showModal();
      if (query !== undefined) field.value = query;
      field.select();
      if (!state || state === "failed") load();
      update();
    },
    index(data) {
      learn(data);
      state = "ready";
      update();
    },
  };
})();
