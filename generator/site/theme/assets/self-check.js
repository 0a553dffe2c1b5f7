// The self-check: keeps the answers on this device, draws them, and lists first what helps with the lowest.
(function () {
  "use strict";

  // Where the handbook is on this host: another one beside it keeps its own answers.
  var base = new URL(document.querySelector('link[rel="icon"]').href).pathname.replace(/assets\/[^/]*$/, "");
  var KEY = "handbook." + base + "self-check";
  var SVG = "http://www.w3.org/2000/svg";
  var form = document.querySelector(".hb-check");
  var profile = document.querySelector(".hb-profile");
  if (!form || !profile) return;
  var TOP = Number(form.dataset.top);
  var sections = Array.prototype.slice.call(form.querySelectorAll(".hb-ability"));

  function part(name) {
    return profile.querySelector(".hb-profile__" + name);
  }

  function inputs() {
    return Array.prototype.slice.call(form.querySelectorAll("input[type=radio]"));
  }

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch (error) {
      return {};
    }
  }

  function keep(answers) {
    try {
      if (Object.keys(answers).length) localStorage.setItem(KEY, JSON.stringify(answers));
      else localStorage.removeItem(KEY);
    } catch (error) {
      // Storage may be forbidden; then the answers last as long as the page.
    }
  }

  function given() {
    var answers = {};
    inputs().forEach(function (input) {
      if (input.checked) answers[input.name] = Number(input.value);
    });
    return answers;
  }

  function element(name, attributes, within) {
    var made = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (key) {
      made.setAttribute(key, attributes[key]);
    });
    within.appendChild(made);
    return made;
  }

  // The words of a heading, in the languages of the edition, without the marks and links that the site adds.
  function title(section) {
    var copy = section.querySelector("h2").cloneNode(true);
    copy.querySelectorAll(".hb-switch, .headerlink").forEach(function (extra) {
      extra.remove();
    });
    var words = document.createElement("a");
    words.href = "#" + section.querySelector("h2").id;
    while (copy.firstChild) words.appendChild(copy.firstChild);
    return words;
  }

  function bar(value) {
    var picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 100 8");
    picture.setAttribute("preserveAspectRatio", "none");
    picture.setAttribute("aria-hidden", "true");
    element("rect", { class: "hb-bar__all", width: 100, height: 8 }, picture);
    element("rect", { class: "hb-bar__own", width: (100 * value) / TOP, height: 8 }, picture);
    for (var line = 1; line < TOP; line++)
      element("line", { class: "hb-bar__mark", x1: (100 * line) / TOP, x2: (100 * line) / TOP, y1: 0, y2: 8 }, picture);
    return picture;
  }

  function ratio(value, name) {
    var made = document.createElement("span");
    made.className = name;
    made.textContent = value + " / " + TOP;
    return made;
  }

  function row(section, value) {
    var item = document.createElement("li");
    item.append(title(section), ratio(value, "hb-profile__value"), bar(value));
    return item;
  }

  // One link to a page: its titles stand in a list of their own in each language.
  function link(links) {
    var made = links[0].cloneNode(true);
    if (links.length === 1) return made;
    var pair = document.createElement("span");
    pair.className = "hb-pair";
    links.forEach(function (own) {
      var words = document.createElement("span");
      var said = own.closest("[lang]");
      words.lang = said.lang;
      if (said.dir) words.dir = said.dir;
      words.textContent = own.textContent;
      pair.append(words, " ");
    });
    made.textContent = "";
    made.append(pair);
    return made;
  }

  function reading(section, value, seen) {
    var list = document.createElement("ul");
    var pages = {};
    section.querySelectorAll(".hb-check__helps a").forEach(function (own) {
      (pages[own.href] = pages[own.href] || []).push(own);
    });
    Object.keys(pages).forEach(function (page) {
      if (seen[page]) return;
      seen[page] = true;
      var item = document.createElement("li");
      item.append(link(pages[page]));
      list.append(item);
    });
    var item = document.createElement("li");
    var head = title(section);
    head.className = "hb-profile__ability";
    item.append(head, " ", ratio(value, "hb-ratio"));
    if (list.children.length) item.append(list);
    return item;
  }

  function draw(answers) {
    var rated = sections
      .map(function (section) {
        return { section: section, value: answers[section.querySelector("input").name] };
      })
      .filter(function (one) {
        return one.value;
      });
    var bars = part("bars");
    var first = part("reading");
    bars.textContent = first.textContent = "";
    rated.forEach(function (one) {
      bars.append(row(one.section, one.value));
    });
    var seen = {};
    var lowest = rated.slice().sort(function (one, other) {
      return one.value - other.value; // stable: those alike stay in the order of the page
    });
    var low = lowest.filter(function (one) {
      return one.value <= 3;
    });
    (low.length ? low : lowest.slice(0, 3)).forEach(function (one) {
      first.append(reading(one.section, one.value, seen));
    });
    ["bars", "reading", "note", "first"].forEach(function (name) {
      part(name).hidden = !rated.length;
    });
    part("empty").hidden = rated.length > 0;
    form.querySelector("[role=status] b").textContent = rated.length + " / " + sections.length;
  }

  function restore() {
    var answers = stored();
    inputs().forEach(function (input) {
      input.checked = answers[input.name] === Number(input.value);
    });
    draw(given());
  }

  form.addEventListener("change", function () {
    var answers = given();
    keep(answers);
    draw(answers);
  });
  form.querySelector("button").addEventListener("click", function () {
    inputs().forEach(function (input) {
      input.checked = false;
    });
    keep({});
    draw({});
  });
  addEventListener("storage", function (event) {
    if (event.key === KEY || event.key === null) restore();
  });
  addEventListener("pageshow", function (event) {
    if (event.persisted) restore();
  });
  restore();
})();
