// The language switch keeps the place: it opens the section that is being read. Without script it keeps the page.
(function () {
  function place() {
    var headings = document.querySelectorAll(".md-content :is(h1, h2, h3)[id]");
    var current = "";
    for (var i = 0; i < headings.length; i++) {
      if (headings[i].getBoundingClientRect().top > 100) break;
      current = headings[i].id;
    }
    return window.scrollY > 0 ? current : "";
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest(".hb-languages a") : null;
    if (link) link.hash = place();
  });
})();
