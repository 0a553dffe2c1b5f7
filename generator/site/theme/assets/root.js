// Mark the edition in the reader's own language. It is a mark only: nobody is sent anywhere.
(function () {
  var links = Array.prototype.slice.call(document.querySelectorAll("main nav a"));
  var wanted = navigator.languages || [navigator.language || ""];
  for (var i = 0; i < wanted.length; i++) {
    var base = wanted[i].toLowerCase().split("-")[0];
    for (var j = 0; j < links.length; j++) {
      if (links[j].hreflang.toLowerCase().split("-")[0] === base) {
        links[j].className = "suggested";
        return;
      }
    }
  }
})();
