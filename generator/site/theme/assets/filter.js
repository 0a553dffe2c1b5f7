// Filters of overviews and the choice of columns on the page that compares: both are controls whose state is the
// query of the address, so that it can be sent, gone back to, and taken along to another edition.
(function () {
  "use strict";

  var form = document.querySelector(".hb-filter");
  if (!form) return;
  var types = form.classList.contains("hb-filter--types");
  var controls = all("select, input", form);
  var count = form.querySelector(".hb-filter__count b");
  var groups = all(".hb-group");
  document.documentElement.classList.add("js");

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function key(control) {
    return control.name || control.getAttribute("data-facet");
  }

  function show(element, shown) {
    if (element) element.hidden = !shown;
  }

  function write(element, text) {
    if (element.textContent !== text) element.textContent = text; // else it would be announced again
  }

  // --- the address ---

  function read() {
    var query = new URLSearchParams(location.search);
    controls.forEach(function (control) {
      var wanted = query.getAll(key(control));
      if (control.type === "checkbox") control.checked = wanted.indexOf(control.value) >= 0;
      else {
        control.value = wanted[0] || "";
        if (control.selectedIndex < 0) control.value = ""; // nothing by that name here
      }
    });
  }

  function chosen(name) {
    return controls
      .filter(function (control) {
        return key(control) === name && control.value && (control.type !== "checkbox" || control.checked);
      })
      .map(function (control) {
        return control.value;
      });
  }

  function names() {
    return controls
      .map(function (control) {
        return key(control);
      })
      .filter(function (name, index, every) {
        return every.indexOf(name) === index;
      });
  }

  function record() {
    var query = new URLSearchParams(location.search);
    names().forEach(function (name) {
      query.delete(name);
      chosen(name).forEach(function (value) {
        query.append(name, value);
      });
    });
    var text = query.toString();
    var address = location.pathname + (text ? "?" + text : "") + location.hash;
    if (address !== location.pathname + location.search + location.hash) history.pushState(null, "", address);
  }

  function take() {
    all(".hb-languages a, .hb-switch a").forEach(function (link) {
      link.search = location.search;
    });
  }

  // --- overviews: entries that fit every filter that is set ---

  function fits(item) {
    return controls.every(function (control) {
      return !control.value || (item.getAttribute("data-" + key(control)) || "").split(" ").indexOf(control.value) >= 0;
    });
  }

  function distinct(items) {
    var seen = {};
    items.forEach(function (item) {
      seen[item.querySelector("a").getAttribute("href")] = true;
    });
    return Object.keys(seen).length;
  }

  function filter() {
    var every = all(".hb-group .hb-list > ul > li");
    every.forEach(function (item) {
      show(item, fits(item));
    });
    var left = every.filter(function (item) {
      return !item.hidden;
    });
    var found = distinct(left);
    write(count, found + " / " + distinct(every));
    show(form.querySelector(".hb-filter__none"), !found);
    all(".hb-filter__note", form).forEach(function (note) {
      show(note, chosen(note.getAttribute("data-for")).length);
    });
    var idle = names().every(function (name) {
      return !chosen(name).length;
    });
    empty(idle ? function () {
      return true;
    } : function (group) {
      return left.some(function (item) {
        return group.contains(item);
      });
    });
  }

  // --- the page that compares: the chosen columns, and the rows that say something in them ---

  function compare() {
    var picked = chosen("type");
    var some = picked.length > 1;
    show(form.querySelector(".hb-filter__few"), picked.length === 1);
    all(".hb-compare [data-type]").forEach(function (cell) {
      show(cell, !some || picked.indexOf(cell.getAttribute("data-type")) >= 0);
    });
    all(".hb-compare").forEach(function (table) {
      var width = all("thead th", table).filter(function (cell) {
        return !cell.hidden;
      }).length;
      all("[colspan]", table).forEach(function (cell) {
        cell.colSpan = Math.max(width, 1);
      });
    });
    empty(function (group) {
      return all("td", group).some(function (cell) {
        return !cell.hidden && !cell.classList.contains("hb-silent");
      });
    });
    all(".hb-compare").forEach(function (table) {
      var rows = all("tbody", table);
      var left = rows.some(function (row) {
        return !row.hidden;
      });
      show(table, left);
      var none = table.nextElementSibling;
      if (none && none.classList.contains("hb-compare__none")) show(none, !left);
    });
    var kinds = controls.length;
    write(count, (some ? picked.length : kinds) + " / " + kinds);
  }

  // --- both ---

  function empty(filled) {
    groups.forEach(function (group) {
      var shown = filled(group);
      show(group, shown);
      var heading = group.querySelector("h2[id]");
      if (!heading) return;
      all(".md-nav--secondary a").forEach(function (link) {
        if (link.hash === "#" + heading.id) show(link.closest("li"), shown);
      });
    });
  }

  function apply() {
    if (types) compare();
    else filter();
    take();
  }

  form.addEventListener("change", function () {
    record();
    apply();
  });
  form.querySelector("button").addEventListener("click", function () {
    controls.forEach(function (control) {
      if (control.type === "checkbox") control.checked = false;
      else control.value = "";
    });
    record();
    apply();
  });
  addEventListener("popstate", function () {
    read();
    apply();
  });
  read();
  apply();
})();
