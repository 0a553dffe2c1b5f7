// Mark the edition that fits the reader's languages best. It is a mark only: nobody is sent anywhere.
(function () {
  var links = Array.prototype.slice.call(document.querySelectorAll("main nav a"));

  // The base of a tag with its script, which a country may decide: zh-TW is Chinese in Traditional characters.
  function written(tag) {
    try {
      var whole = new Intl.Locale(tag).maximize();
      return whole.language + "-" + whole.script;
    } catch (error) {
      return tag; // no tag, or a browser that knows none
    }
  }

  function base(tag) {
    return tag.split("-")[0];
  }

  // The first edition whose tag is the reader's, or the same language and script, or at least the same language; each
  // time one in a single language before one of several.
  function fitting(wanted) {
    var found = [
      function (tag) {
        return tag === wanted;
      },
      function (tag) {
        return written(tag) === written(wanted);
      },
      function (tag) {
        return base(tag) === base(wanted);
      },
    ].map(function (fits) {
      var all = links.filter(function (link) {
        return fits(link.hreflang.toLowerCase());
      });
      var alone = all.filter(function (link) {
        return link.dataset.languages === "1";
      });
      return alone[0] || all[0];
    });
    return found.filter(Boolean)[0];
  }

  var wanted = navigator.languages || [navigator.language || ""];
  for (var i = 0; i < wanted.length; i++) {
    var link = fitting(wanted[i].toLowerCase());
    if (link) {
      link.className = "suggested";
      return;
    }
  }
})();
