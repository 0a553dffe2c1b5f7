// What helps while reading: meanings and sources beside the text, checklists that tick, links to copy, one language
// of several. Without this script every word of it is on the page too, and what opens here is a link there.
(function () {
  "use strict";

  var root = document.documentElement;
  var article = document.getElementById("content");
  var words = document.getElementById("hb-words");
  if (!article || !words) return;

  // Where the handbook is on this host: another one beside it keeps its own ticks.
  var base = new URL(document.querySelector('link[rel="icon"]').href).pathname.replace(/assets\/[^/]*$/, "");

  function all(selector, within) {
    return Array.prototype.slice.call((within || article).querySelectorAll(selector));
  }

  function make(tag, name, inside) {
    var element = document.createElement(tag);
    element.className = name;
    if (tag === "button") element.type = "button";
    if (inside) element.append(inside);
    return element;
  }

  function say(key) {
    return words.content.querySelector('[data-word="' + key + '"]').cloneNode(true);
  }

  function label(key) {
    return say(key).textContent;
  }

  function remembered(key, value) {
    try {
      if (value === undefined) return localStorage.getItem("handbook." + key);
      if (value) localStorage.setItem("handbook." + key, value);
      else localStorage.removeItem("handbook." + key);
    } catch (error) {
      // Storage may be forbidden; then the choice lasts as long as the page.
    }
    return null;
  }

  // The text of a statement as the reader sees it: no sources, no controls, no language that is hidden.
  function textOf(statement) {
    var copy = statement.cloneNode(true);
    all(".hb-cite, .hb-editors, .hb-pop, .hb-tick, .hb-here", copy).forEach(function (element) {
      element.remove();
    });
    all(".hb-pair", copy).forEach(function (pair) {
      Array.prototype.forEach.call(pair.children, function (child, index) {
        if (root.dataset.shown && index + 1 !== Number(root.dataset.shown))
          (child.lang ? child : child.firstElementChild).textContent = "";
      });
    });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function address(id) {
    return location.href.split("#")[0] + (id ? "#" + id : "");
  }

  // --- what has happened, said to all ---

  var status = make("p", "hb-status");
  status.setAttribute("role", "status");
  document.body.append(status);
  var quiet = 0;

  function announce(key) {
    clearTimeout(quiet);
    status.replaceChildren(say(key));
    quiet = setTimeout(function () {
      status.replaceChildren();
    }, 3000);
  }

  // --- links to copy ---

  function copy(url) {
    function done() {
      announce("copied");
    }
    function byHand() {
      var field = make("textarea", "hb-status");
      field.value = url;
      var focused = document.activeElement;
      document.body.append(field);
      field.select();
      if (document.execCommand("copy")) done();
      field.remove();
      if (focused) focused.focus();
    }
    if (navigator.clipboard) navigator.clipboard.writeText(url).then(done, byHand);
    else byHand();
  }

  all(".headerlink").forEach(function (link) {
    link.title = label("copy.section");
    link.setAttribute("aria-label", link.title);
  });

  // One link for the statement under the mouse; the keyboard and fingers find it beside the sources.
  var here = make("a", "hb-here", "#");
  here.tabIndex = -1;
  here.title = label("copy");
  here.setAttribute("aria-hidden", "true");

  article.addEventListener("click", function (event) {
    var link = event.target.closest(".headerlink, .hb-here");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(history.state, "", link.hash);
    copy(address(link.hash.slice(1)));
  });

  // --- meanings and sources beside the text ---

  var pop = make("span", "hb-pop");
  pop.setAttribute("role", "group");
  var opener = null;
  var pinned = false;
  var timer = 0;
  var explained = {};
  var object = document.querySelector(".hb-object");

  all(".hb-words li, .hb-limits li, .hb-evidence--rule").forEach(function (note) {
    var href = note.querySelector("a").getAttribute("href");
    (explained[href] = explained[href] || []).push(note);
  });

  // The elements of the page that say what stands behind `mark`.
  function notes(mark) {
    var href = mark.getAttribute("href");
    if (!href) return [];
    if (href[0] !== "#") {
      var found = explained[href] || [];
      var exact = found.filter(function (note) {
        return note.querySelector("a").textContent.indexOf(mark.textContent) >= 0;
      });
      return exact.length ? exact : found;
    }
    var passage = document.getElementById(href.slice(1));
    var answer = passage && passage.querySelector("a");
    return passage ? [passage].concat((answer && explained[answer.getAttribute("href")]) || []) : [];
  }

  function fill(mark) {
    pop.replaceChildren();
    notes(mark).forEach(function (note) {
      var part = make("span", note.classList.contains("hb-evidence") ? note.className : "hb-pop__note");
      part.append.apply(part, note.cloneNode(true).childNodes);
      var limits = note.closest(".hb-limits"); // the answer's name stands above already
      if (limits) part.replaceChild(make("b", "", limits.firstElementChild.textContent), part.querySelector("a"));
      all(".hb-term", part).forEach(function (link) {
        link.replaceWith(link.textContent); // one meaning at a time
      });
      pop.append(part);
    });
    if (mark.dataset.note) pop.append(make("span", "hb-pop__note", mark.dataset.note));
    var row = make("span", "hb-pop__row");
    if (mark.classList.contains("hb-cite")) {
      var statement = mark.closest("li, p, td, th") || mark.parentNode;
      var item = mark.closest("li") || article;
      var place = mark.closest("li[id], p[id]") || item.querySelector("p[id]");
      var id = place && item !== article ? place.id : "";
      if ((mark.getAttribute("href") || "")[0] === "#") {
        var link = make("a", "", say("source"));
        link.href = mark.getAttribute("href");
        row.append(link);
      }
      var button = make("button", "", say("copy"));
      button.onclick = function () {
        copy(address(id));
      };
      row.append(button);
      if (object) {
        var mail = make("a", "", say("object"));
        var body = address(id) + "\n\n“" + textOf(statement) + "”\n\n";
        mail.href = object.href.split("&body=")[0] + "&body=" + encodeURIComponent(body);
        row.append(mail);
      }
    }
    var cross = make("button", "hb-pop__close", "×");
    cross.setAttribute("aria-label", label("close"));
    cross.onclick = function () {
      close(true);
    };
    if (row.firstChild) pop.append(row);
    pop.append(cross);
    pop.setAttribute("aria-label", mark.textContent);
  }

  function put(mark) {
    var from = mark.getClientRects()[0];
    var above = from.top - 64; // the header stays where it is
    var below = innerHeight - from.bottom - 12;
    pop.style.left = pop.style.top = "0";
    pop.style.maxHeight = Math.max(above, below, 120) + "px";
    var box = pop.getBoundingClientRect();
    var left = Math.max(8, Math.min(from.left, root.clientWidth - box.width - 8));
    var top = box.height > below && above > below ? from.top - box.height - 4 : from.bottom + 4;
    pop.style.left = left - box.left + "px";
    pop.style.top = top - box.top + "px";
  }

  function open(mark, pin) {
    if (opener !== mark) {
      close();
      opener = mark;
      fill(mark);
      mark.after(pop);
      put(mark);
      mark.setAttribute("aria-expanded", "true");
    }
    pinned = pinned || pin;
  }

  function close(back) {
    clearTimeout(timer);
    if (!opener) return;
    var mark = opener;
    var inside = pop.contains(document.activeElement);
    opener = null;
    pinned = false;
    pop.remove();
    mark.setAttribute("aria-expanded", "false");
    if (back && inside) mark.focus();
  }

  all(".hb-term, .hb-cite").forEach(function (mark) {
    var note = mark.getAttribute("title");
    if (note) {
      mark.dataset.note = note;
      mark.removeAttribute("title");
      mark.setAttribute("aria-label", mark.textContent + " " + note);
      mark.tabIndex = 0;
    } else if (!notes(mark).length) {
      return;
    }
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-expanded", "false");
    mark.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      clearTimeout(timer);
      if (opener === mark && pinned) close();
      else open(mark, true);
    });
    mark.addEventListener("keydown", function (event) {
      if (event.key !== " " && (event.key !== "Enter" || mark.href)) return;
      event.preventDefault();
      mark.click();
    });
  });

  article.addEventListener("pointerover", function (event) {
    if (event.pointerType !== "mouse") return;
    var statement = event.target.closest("li[id], p[id]");
    if (statement && statement !== here.parentNode) {
      here.href = "#" + statement.id;
      statement.append(here);
    }
    var mark = event.target.closest("[aria-expanded].hb-term, [aria-expanded].hb-cite");
    clearTimeout(timer);
    if (mark) timer = setTimeout(open, 350, mark, false);
    else if (opener && !pinned && !pop.contains(event.target)) timer = setTimeout(close, 300);
  });

  document.addEventListener("pointerdown", function (event) {
    if (opener && !pop.contains(event.target) && !opener.contains(event.target)) close();
  });

  pop.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !pop.contains(event.relatedTarget) && event.relatedTarget !== opener) close();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && opener) {
      event.preventDefault();
      close(true);
    }
  });

  // --- checklists ---

  all(".hb-box--checklist").forEach(function (box) {
    // A line of a sheet that is drawn from several checklists belongs to the page that it is from.
    var own = article.querySelector("h1").id;
    var items = all("li[id]", box);
    var count = make("span", "hb-count");
    count.setAttribute("role", "status");

    function show() {
      var done = items.filter(function (item) {
        return item.firstChild.checked;
      });
      count.replaceChildren(say("count"), " ", make("span", "hb-ratio", done.length + " / " + items.length));
      return done;
    }

    function key(item) {
      return base + "ticks." + (item.dataset.of || own);
    }

    function ticked(item) {
      return (remembered(key(item)) || "").split(" ").filter(Boolean);
    }

    // What another tab has ticked meanwhile stays.
    function keep(item) {
      var others = ticked(item).filter(function (id) {
        return id !== item.id;
      });
      remembered(key(item), others.concat(item.firstChild.checked ? [item.id] : []).join(" "));
      show();
    }

    function follow() {
      items.forEach(function (item) {
        item.firstChild.checked = ticked(item).indexOf(item.id) >= 0;
      });
      show();
    }

    items.forEach(function (item) {
      var tick = make("input", "hb-tick");
      tick.type = "checkbox";
      tick.autocomplete = "off";
      tick.checked = ticked(item).indexOf(item.id) >= 0;
      tick.setAttribute("aria-label", textOf(item));
      tick.addEventListener("change", function () {
        keep(item);
      });
      item.prepend(tick);
      item.addEventListener("click", function (event) {
        if (!event.target.closest("a, button, input, .hb-cite, .hb-pop") && getSelection().isCollapsed) tick.click();
      });
    });

    var reset = make("button", "hb-button", say("reset"));
    reset.addEventListener("click", function () {
      items.forEach(function (item) {
        item.firstChild.checked = false;
        keep(item);
      });
    });
    addEventListener("storage", follow);
    addEventListener("pageshow", function (event) {
      if (event.persisted) follow(); // a page that was put aside heard nothing of the others
    });

    var line = make("p", "hb-sheet-line");
    line.append(say("date"), make("i", ""), say("name"), make("i", ""));
    var where = make("p", "hb-sheet-line", address("checklist"));
    var print = make("button", "hb-button", say("print"));
    print.addEventListener("click", function () {
      root.classList.add("hb-sheet");
      window.print();
    });
    addEventListener("afterprint", function () {
      root.classList.remove("hb-sheet");
    });

    var tools = make("div", "hb-tools");
    tools.append(count, reset, print);
    box.classList.add("hb-ready");
    box.append(tools, line, where);
    show();
  });

  // --- forms: one sheet of paper, empty or with the example in it ---

  all(".hb-form").forEach(function (form) {
    var tools = make("div", "hb-tools");
    [
      ["print-form", "hb-paper"],
      ["print-filled", "hb-paper hb-paper--filled"],
    ].forEach(function (each) {
      var print = make("button", "hb-button", say(each[0]));
      print.addEventListener("click", function () {
        each[1].split(" ").forEach(function (name) {
          root.classList.add(name);
        });
        window.print();
      });
      tools.append(print);
    });
    addEventListener("afterprint", function () {
      root.classList.remove("hb-paper", "hb-paper--filled");
    });
    form.append(tools);
  });

  // --- one language of several; the page's first script has already hidden the others ---

  var choices = all(".hb-show button");

  function choose(shown) {
    if (shown) root.dataset.shown = shown;
    else delete root.dataset.shown;
    choices.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.value === shown));
    });
  }

  if (choices.length) {
    choose((choices[Number(root.dataset.shown || 0)] || choices[0]).value);
    choices.forEach(function (button) {
      button.addEventListener("click", function () {
        close();
        choose(button.value);
        // By its name: another edition, or another handbook on this host, has its languages in another order.
        remembered("languages", button.value && root.dataset.hbLanguages.split(" ")[button.value - 1]);
        all(".hb-tick").forEach(function (tick) {
          tick.setAttribute("aria-label", textOf(tick.parentNode));
        });
      });
    });
  }
})();
