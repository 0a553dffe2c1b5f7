// The search of one edition, loaded when the reader goes to it. Everything it looks in goes through the same `fold` as
// what is typed, so that a difference which does not matter to a reader cannot matter to one side only. Of Chinese it
// knows pairs of characters instead of words, so that nothing has to be cut into words.
(() => {
  "use strict";

  // --- the same text, however it is written ----------------------------------------------------------------------

  const WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
  const WORDS = RegExp(`${WIDE.source}+|(?:(?!${WIDE.source})[\\p{L}\\p{N}\\p{M}])+`, "gu");
  const LETTER = /[\p{L}\p{N}\p{M}]/u;
  // What has no width or turns the direction; and accents, and vowel signs of Hebrew and Arabic.
  const IGNORED = /[\p{DI}\p{Cf}\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/gu;
  const APOSTROPHES = /[\u02b9-\u02bf\u02c8\u2018\u2019\u201b\u2032]/g;
  const HYPHENS = /[\u2010\u2011\u2212]/g;
  // Letters that Unicode does not take apart.
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ς: "σ" };

  let same = new Map();
  let special = /(?!)/u;

  const fold = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(IGNORED, "")
      .normalize("NFC")
      .replace(APOSTROPHES, "'")
      .replace(HYPHENS, "-")
      .replace(special, (char) => same.get(char));

  const split = (folded) => folded.match(WORDS) || [];

  // --- the index -------------------------------------------------------------------------------------------------
  // As it comes: pages as [address, weight, sections], sections as [id, heading, text] and for entries also further
  // names, readings in Pinyin, and whether their title is one (1); then pairs of Traditional and Simplified characters,
  // pairs of spellings, and common words.

  let pages = [];
  let sections = [];
  let romanised = [];
  let respellings = [];
  // Words, and of languages like Chinese characters, that are in every sentence and say little of what it is about.
  let common = new Set();
  // Where each word and each pair of characters stands: numbers of sections times 4, and one of these added.
  let places = new Map();
  const [HEADING, NAMES, BODY, AGAIN] = [0, 1, 2, 3];
  // What a word may be the beginning of, and what it may be a slip of the finger for.
  let byFirst = new Map();
  let byLength = new Map();

  const group = (map, key, value) => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };

  const note = (word, place) => {
    const list = places.get(word);
    if (!list) places.set(word, [place]);
    else if (list[list.length - 1] < place) list.push(place);
    else if (place % 4 === BODY && list[list.length - 1] === place) list.push(place + 1);
  };

  const read = (folded, place) => {
    for (const word of split(folded)) {
      if (WIDE.test(word)) for (let i = 0; i < word.length; i++) note(word.slice(i, i + 2), place);
      else note(word, place);
    }
    // co-operation is found as cooperation
    for (let at = folded.indexOf("-"); at >= 0; at = folded.indexOf("-", at + 1)) {
      let [from, to] = [at, at + 1];
      while (from && LETTER.test(folded[from - 1])) from--;
      while (to < folded.length && LETTER.test(folded[to])) to++;
      if (from < at && at + 1 < to) note(folded.slice(from, at) + folded.slice(at + 1, to), place);
    }
  };

  // A reading: its syllables in one, where each begins, and their first letters.
  const reading = (syllables) => {
    const parts = syllables.split(" ");
    const starts = parts.map((_, i) => parts.slice(0, i).join("").length);
    const whole = parts.join("");
    return { whole, starts: [...starts, whole.length], initials: parts.map((part) => part[0]).join("") };
  };

  const learn = (data, variants, spellings, frequent) => {
    const pairs = Array.from(variants);
    same = new Map(Object.entries(LETTERS));
    for (let i = 0; i < pairs.length; i += 2) same.set(pairs[i], pairs[i + 1]);
    special = RegExp(`[${[...same.keys()].join("")}]`, "gu");
    common = new Set(split(fold(frequent)).flatMap((word) => (WIDE.test(word) ? [...word] : word)));
    respellings = spellings.split(/\s+/).filter(Boolean).map((pair) => pair.split("="));
    [places, byFirst, byLength] = [new Map(), new Map(), new Map()];
    sections = [];
    pages = data.map(([url, weight, parts], page) => ({
      url,
      weight,
      sections: parts.map(([id, title, text, names = "", readings = "", isTitle = 0], i) => {
        const number = sections.length;
        const called = [title, ...names.split("\n").filter(Boolean)].map(fold);
        const section = {
          id,
          title,
          text,
          page,
          number,
          isTitle: isTitle || !i,
          names: called,
          // A name is known without what stands behind it in brackets, too.
          keys: called.flatMap((name) => [name, name.replace(/\([^()]*\)/g, " ")]).map(split),
          body: fold(text),
          readings: readings.split("\n").filter(Boolean).map(reading),
        };
        called.forEach((name, k) => read(name, number * 4 + (k ? NAMES : HEADING)));
        read(section.body, number * 4 + BODY);
        sections.push(section);
        return section;
      }),
    }));
    romanised = sections.filter(({ readings }) => readings[0]);
    for (const word of places.keys()) {
      group(byFirst, word[0], word);
      if (!WIDE.test(word)) group(byLength, word.length, word);
    }
  };

  // Words that begin with `form`; a pair of Chinese characters is itself.
  const beginning = (form) => {
    if (form[1] && WIDE.test(form)) return places.has(form) ? [form] : [];
    return (byFirst.get(form[0]) || []).filter((word) => word.startsWith(form));
  };

  // --- what is asked for -----------------------------------------------------------------------------------------

  // Of a longer query only the beginning is looked for: its work grows with each word, and nobody types more. Neither is
  // more looked for than 64 parts, nor another part after 100,000 steps: a place where a word stands, a reading or a word
  // that is compared.
  const LONGEST = 100;
  const ENDING = /(?:ations?|ings?|ions?|ments?|ness|ers?|ed|es|ly|ty|e|s|y)$/;

  const shortened = (query) => {
    const text = query.trim();
    if (text.length <= LONGEST) return text;
    const cut = text.slice(0, LONGEST);
    const isCut = LETTER.test(text[LONGEST]) && !WIDE.test(text[LONGEST]);
    return ((isCut && cut.replace(/\S+$/, "")) || cut).trim();
  };

  // `word` as others spell it.
  const respelled = (word) =>
    respellings.flatMap(([one, other]) =>
      [[one, other], [other, one]].flatMap(([from, to]) => {
        if (from[0] !== "-") return word.startsWith(from) ? [to + word.slice(from.length)] : [];
        return word.endsWith(from.slice(1)) ? [word.slice(0, 1 - from.length) + to.slice(1)] : [];
      })
    );

  // Pinyin as readings have it: without the numbers of tones, and ü as u.
  const asPinyin = (typed) => typed.replace(/([a-z])[0-5]/g, "$1").replace(/v/g, "u").replace(/^([ln])yu(?![aen])/, "$1u");

  // Words as typed, and their parts: a Latin word is one, of a run of Chinese they are its pairs of characters. Those
  // with a common one count little.
  const parse = (query) => {
    const typed = split(fold(shortened(query)).slice(0, LONGEST));
    const words = typed.flatMap((word) => [...new Set([word, word.replace(/(.)[不没]\1/gu, "$1")])]); // 忙不忙 asks about 忙
    const parts = [];
    const numbers = new Map(); // of parts
    const add = (name, forms, more) => {
      if (!numbers.has(name)) numbers.set(name, parts.push({ forms, readings: [], factor: 1, ...more }) - 1);
    };
    const isShort = typed.join("").length < 10;
    const isLatin = words.map((word) => !WIDE.test(word));
    words.forEach((word, at) => {
      if (isLatin[at]) {
        const stem = word.length > 3 ? word.replace(ENDING, "") : word;
        if (/^\p{L}$/u.test(word) && words.some((other) => other[1])) return;
        const forms = [[word, 1], ...respelled(word).map((other) => [other, 1])];
        // Written as one elsewhere.
        if (isLatin[at - 1]) forms.push([words[at - 1] + word, 1]);
        if (isLatin[at + 1]) forms.push([word + words[at + 1], 1]);
        if (stem.length > 2 && stem !== word) forms.push([stem, 0.8]);
        let [from, to] = [at, at + 1];
        while (isLatin[from - 1]) from--;
        while (isLatin[to]) to++;
        const readings = [...new Set([word, words.slice(from, to).join("")])].map(asPinyin);
        const isCommon = common.has(word);
        add(word, forms, { readings, factor: isCommon ? 0.2 : 1, isWhole: words[1] && (isCommon || !word[1]) });
      } else if (!word[1]) add(word, [[word, 1]]);
      for (let i = 0; !isLatin[at] && i < word.length - 1; i++) {
        const pair = word.slice(i, i + 2);
        const isCommon = word[2] && [...pair].some((char) => common.has(char));
        // 公车 is short for 公务用车.
        const short = isShort && !isCommon && RegExp(`${pair[0]}.{1,2}${pair[1]}`);
        add(pair, [[pair, 1]], { short, factor: isCommon ? 0.2 : 1 });
        // What stands together in a heading too is worth more than its pairs, and is not missed where it does not.
        const triple = i && word.slice(i - 1, i + 2);
        if (i) add(triple, [], { triple, factor: 0.5, pairs: [numbers.get(triple.slice(0, 2)), numbers.get(pair)] });
      }
    });
    return {
      typed,
      words,
      parts,
      isQuestion: typed.length > 4 || words.some((word) => word[4] && WIDE.test(word)),
      phrase: typed.join(" "),
      joined: typed.join(""),
      alike: typed.map((word) => [word, ...respelled(word)]),
    };
  };

  // --- finding ---------------------------------------------------------------------------------------------------

  // What a word is worth that is begun, or there as a whole: in a heading, in another name, in the text, there again.
  const WORTH = [
    [4.5, 6],
    [5, 5],
    [0.6, 1],
    [0, 1.3],
  ];
  // What is worth more is in a heading or a name.
  const IN_TITLE = 2;

  // Whether one slip of the finger makes one word of the other.
  const isSlip = (one, other) => {
    let [from, end, otherEnd] = [0, one.length, other.length];
    while (from < end && one[from] === other[from]) from++;
    while (end > from && otherEnd > from && one[end - 1] === other[otherEnd - 1]) [end, otherEnd] = [end - 1, otherEnd - 1];
    const [left, right] = [one.slice(from, end), other.slice(from, otherEnd)];
    return (left.length < 2 && right.length < 2) || (left.length === 2 && right === left[1] + left[0]);
  };

  const slips = (word) =>
    /^\p{L}{5,}$/u.test(word)
      ? [-1, 0, 1].flatMap((more) => (byLength.get(word.length + more) || []).filter((other) => ++steps && isSlip(word, other)))
      : [];

  // What `typed` is worth as a reading: all of it, its first letters, some of its syllables, or its beginning.
  const worthAsReading = ({ whole, starts, initials }, typed) => {
    if (whole === typed) return 6;
    if (typed[1] && initials === typed) return 4;
    for (let at = whole.indexOf(typed); at >= 0; at = whole.indexOf(typed, at + 1)) {
      const from = starts.indexOf(at);
      const end = at + typed.length;
      if (from < 0 || end <= starts[from + 1]) continue; // a single syllable has too many meanings
      if (starts.includes(end)) return 5;
      if (typed.length > (at ? 4 : 2)) return 4;
    }
    if (whole.startsWith(typed) && typed.length > 2) return 3;
    return typed[2] && initials.startsWith(typed) ? 2.2 : 0;
  };

  // The steps of a query.
  let steps;

  // What each section has of one part, which sections have something, and what it was found by.
  const look = (part, looks) => {
    const row = new Float32Array(sections.length);
    const numbers = [];
    const found = new Set();
    const raise = (number, worth) => {
      if (!row[number] && worth) numbers.push(number);
      if (worth > row[number]) row[number] = worth;
    };
    // A common word beside others is not the beginning of one.
    const starting = (form) => (part.isWhole ? [form].filter((word) => places.has(word)) : beginning(form));
    const mark = (form, factor) =>
      starting(form).forEach((word) => {
        found.add(form);
        const isWhole = word === form || WIDE.test(form) ? 1 : 0;
        steps += 1 + places.get(word).length;
        for (const place of places.get(word)) raise(place >> 2, WORTH[place % 4][isWhole] * factor);
      });
    const markReadings = (worth) =>
      romanised.forEach(({ number, readings }) => readings.forEach((one) => ++steps && raise(number, worth(one))));
    const markNames = (numbers, isFound, worth) =>
      numbers.forEach((number) => sections[number].names.some(isFound) && raise(number, worth));

    part.forms.forEach(([form, factor]) => mark(form, factor));
    part.readings.forEach((typed) => markReadings((one) => worthAsReading(one, typed)));
    if (part.readings.length && !found.has(part.forms[0][0]) && !row.some((worth) => worth > IN_TITLE)) {
      slips(part.forms[0][0]).forEach((word) => mark(word, 0.6));
      part.readings.filter((typed) => typed[4]).forEach((typed) => markReadings(({ whole }) => (isSlip(typed, whole) ? 3 : 0)));
    }
    if (part.short) markNames([...sections.keys()], (name) => part.short.test(name), IN_TITLE);
    if (part.triple) {
      const [one, other] = part.pairs.map((i) => looks[i]);
      const both = one.numbers.filter((number) => one.row[number] > IN_TITLE && other.row[number] > IN_TITLE);
      markNames(both, (name) => name.includes(part.triple), 6);
    }
    return { row, numbers, found };
  };

  // How much a part says: nothing if it is nowhere, little if it is everywhere.
  const weigh = (part, { row, numbers }) => {
    const on = new Set();
    let most = 0;
    for (const number of numbers) {
      on.add(sections[number].page);
      if (row[number] > most) most = row[number];
    }
    // What is in no heading is no subject, and may be no word at all.
    const factor = most > IN_TITLE ? part.factor : part.factor / 3;
    const rarity = Math.log((pages.length + 1) / (Math.max(on.size, 2) + 0.5));
    return {
      weight: on.size && factor * (0.1 + Math.max(0, rarity)),
      isCommon: part.factor < 1 || (pages.length > 9 && on.size > pages.length / 2),
    };
  };

  // Whether one of a section's names is what was typed, or is read so.
  const isNamed = (section, { typed, alike, joined }) =>
    section.keys.some((key) =>
      key.length === typed.length ? key.every((word, i) => alike[i].includes(word)) : key.join("") === joined
    ) || section.readings.some(({ whole, initials }) => whole === asPinyin(joined) || (joined[2] && initials === joined));

  const better = (one, other) => other.rank - one.rank || other.score - one.score;

  // Pages that answer `query`, best first: those that are called so; that have all of it in their title, in a heading,
  // in one section, anywhere; then the others. Among the like, the one that has more of what is rare elsewhere.
  // And what they were found by, whether that was all of the query, and how many steps it took.
  const answer = (query) => {
    const asked = parse(query);
    const { typed, phrase } = asked;
    steps = 0;
    const looks = [];
    asked.parts.slice(0, 64).forEach((part) => steps < 1e5 && looks.push(look(part, looks)));
    const parts = asked.parts.slice(0, looks.length);
    const isCut = !!asked.parts[parts.length];
    const rows = looks.map(({ row }) => row);
    const weighed = parts.map((part, i) => weigh(part, looks[i]));
    const all = [...parts.keys()].filter((i) => weighed[i].weight && !parts[i].triple);
    const rare = all.filter((i) => !weighed[i].isCommon);
    const needed = rare.length ? rare : all;
    const total = all.reduce((sum, i) => sum + weighed[i].weight, 0);
    const numbers = new Set(looks.flatMap(({ numbers }) => numbers));
    steps += numbers.size * parts.length;
    if (!total) return { results: [], forms: [], isCut, steps };

    const results = pages.map((page) => ({ page, rank: 0, score: 0, share: 0, sections: [] }));
    for (const number of numbers) {
      const section = sections[number];
      const result = results[section.page];
      const { weight } = result.page;
      const title = result.page.sections[0].number;
      const [inHeading, inText] = [(number === title ? 1.6 : 1) * weight ** 0.4, weight ** 0.5];
      // A section is read under the title of its page, which so counts for it.
      const worth = (i) => Math.max(rows[i][number], number === title ? 0 : rows[i][title] / 4);
      const inTitle = (i) => rows[i][number] > IN_TITLE;
      const inEither = (i) => inTitle(i) || rows[i][title] > IN_TITLE;
      let [share, score] = [0, 0];
      for (let i = 0; i < parts.length; i++) {
        const here = worth(i);
        if (here && !parts[i].triple) share += weighed[i].weight / total;
        score += weighed[i].weight * here * (here > IN_TITLE ? inHeading : inText);
      }
      let rank = needed.every(inEither) ? 3 : needed.every(worth) ? 2 : 0;
      const inName = rank > 0 && section.names.some((name) => name.includes(phrase));
      const said = inName || (rank > 0 && section.body.includes(phrase));
      if (inName) rank = 4;
      if (section.isTitle && (inName || all.every(inTitle))) rank = inName || section.keys.some((key) => key.length === typed.length) ? 6 : 5;
      if (section.isTitle && isNamed(section, asked)) rank = number === title ? 8 : 7;
      score *= share ** 2.5;
      if (said) score += (inName ? 8 : 1.5) * total * inText;
      // A question has all its words somewhere by chance: only what is said in its very words goes before the rest.
      const counts = rank > 2 || said || !asked.isQuestion;
      result.rank = Math.max(result.rank, counts ? rank : 0);
      result.share = Math.max(result.share, share);
      result.sections.push({ section, rank: counts ? rank : 0, score });
    }
    for (const result of results) {
      const { page } = result;
      result.hasAll = needed.every((i) => page.sections.some(({ number }) => rows[i][number]));
      if (result.hasAll && !asked.isQuestion) result.rank ||= 1;
      result.sections.sort(better);
      result.sections.slice(0, 4).forEach(({ score }, i) => (result.score += score / 4 ** i));
    }
    results.sort(better);
    // Where a heading has the whole, what has only parts of it would be noise.
    const [first] = results;
    const isAnswer = ({ score, rank, hasAll, share }) =>
      score && (rank || hasAll || (first.rank < 3 && share >= first.share * 0.6));
    const forms = [...new Set([...asked.words, ...looks.flatMap(({ found }) => [...found])])];
    return { results: results.filter(isAnswer), forms, isCut, steps };
  };

  // --- showing -------------------------------------------------------------------------------------------------

  const AT_FIRST = 10;
  const dialog = document.getElementById("hb-search");
  const [field, cut, status, list, more, ways, keys] = ["query", "cut", "status", "found", "more", "ways", "keys input"].map((name) =>
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

  // Where `form` stands in folded text as the beginning of a word (a Chinese one: anywhere), or -1.
  const find = (folded, form, from = 0) => {
    let at = folded.indexOf(form, from);
    if (!WIDE.test(form[0]))
      while (at > 0 && LETTER.test(folded[at - 1]) && !WIDE.test(folded[at - 1])) at = folded.indexOf(form, at + 1);
    return at;
  };

  // `text` in pieces, what it was found by marked.
  const marked = (text, forms) => {
    // Folded piece by piece, a letter with its accents each, so that it is known where a piece stands in `text`.
    let folded = "";
    const origins = [];
    let at = 0;
    for (const piece of text.match(/\P{M}\p{M}*|\p{M}+/gu) || []) {
      const plain = fold(piece);
      for (let i = 0; i < plain.length; i++) origins.push(at);
      folded += plain;
      at += piece.length;
    }
    origins.push(at);
    const pieces = [];
    for (let from = 0, shown = 0; ; ) {
      let [first, length] = [-1, 0];
      for (const form of forms) {
        const here = find(folded, form, from);
        if (here >= 0 && (first < 0 || here < first || (here === first && form.length > length))) [first, length] = [here, form.length];
      }
      if (first < 0) return [...pieces, text.slice(shown)];
      from = first + length;
      const [start, end] = [Math.max(origins[first], shown), origins[from]];
      if (end > start) pieces.push(text.slice(shown, start), element("mark", "", [text.slice(start, end)]));
      shown = Math.max(shown, end);
    }
  };

  // The line of a section that has most of what it was found by, cut to what fits.
  const passage = ({ text, body }, forms) => {
    const lines = text.split("\n");
    const folded = body.split("\n");
    let best = text.replace(/\n/g, " · ");
    let [most, first] = [0, 0];
    lines.forEach((line, i) => {
      const found = forms.filter((form) => find(folded[i], form) >= 0);
      const count = found.join("").length;
      if (count <= most) return;
      [most, best] = [count, line];
      first = Math.min(...found.map((form) => find(folded[i], form)));
    });
    const room = WIDE.test(best) ? 80 : 160;
    const from = most && first > room * 0.6 ? first - Math.round(room * 0.3) : 0;
    return (from ? "…" : "") + best.slice(from, from + room) + (from + room < best.length ? "…" : "");
  };

  // `told` has the lines that are shown already: what several pages say in the same words is shown once.
  const show = ({ page, sections }, forms, told) => {
    const [main] = page.sections;
    const over = pages.find((other) => other !== page && other.url && other.url === page.url.replace(/[^/]*\/$/, ""));
    const link = (name, section) => {
      const made = element("a", `hb-search__${name}`, marked(section.title, forms));
      made.dir = "auto"; // it may be in another language than the page
      made.href = index.replace(/search\/[^/]*$/, "") + page.url + (section.id && `#${section.id}`);
      return made;
    };
    const text = (section) => {
      const line = passage(section, forms);
      return told.has(line) ? [] : [told.add(line) && element("p", "", marked(line, forms))];
    };
    const shown = [link("page", main)];
    if (over) shown.push(element("span", "hb-search__part", [over.sections[0].title]));
    sections.slice(0, 3).forEach(({ section, score }, i) => {
      if (section === main) shown.splice(over ? 2 : 1, 0, ...text(section));
      else if (!i || score > sections[0].score / 4) shown.push(link("section", section), ...text(section));
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
    const query = shortened(field.value);
    field.dir = query ? "auto" : ""; // the words that say what to type run as the page does
    remember(query);
    dialog.dataset.state = state;
    if (state !== "ready") {
      status.textContent = status.dataset[state];
      ways.hidden = state !== "failed";
      return;
    }
    const { results: found, forms, isCut } = answer(query);
    cut.hidden = !isCut && query === field.value.trim();
    const told = new Set();
    list.replaceChildren(...(all ? found : found.slice(0, AT_FIRST)).map((result) => show(result, forms, told)));
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
    answer,
    ask: (query) => answer(query).results,
    start(url, remembered) {
      index = url;
      keys.checked = remembered("keys") !== "off";
      keys.addEventListener("change", () => remembered("keys", keys.checked ? null : "off"));
    },
    open(query) {
      if (!dialog.open) dialog.showModal();
      if (query !== undefined) field.value = query.slice(0, field.maxLength); // browsers take seconds over long ones
      field.select();
      if (!state || state === "failed") load();
      update();
    },
    index(...data) {
      learn(...data);
      state = "ready";
      update();
    },
  };
})();
