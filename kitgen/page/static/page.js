"use strict";
// Follows a job, and looks again when what a page was made of is worked out anew. Without it, links do the same.
(function () {
  var card = document.querySelector("[data-job]");
  if (card) follow(card);
  else if (document.body.dataset.waits) wait(document.body.dataset.waits.split(" "));

  function ask(address, then) {
    fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
      .then(then)
      .catch(function () { setTimeout(function () { ask(address, then); }, 4000); });
  }

  function follow(card) {
    var bar = card.querySelector("progress"), label = card.querySelector("[data-told]");
    var left = card.querySelector("[data-left]"), first = null;
    var address = "/pekerjaan/" + card.dataset.job + "/keadaan";
    function show(state) {
      if (state.over) { location.reload(); return; }
      label.textContent = state.told;
      if (state.total) {
        bar.max = state.total;
        bar.value = state.number;
        if (!first || state.number < first.number) first = { at: Date.now(), number: state.number };
        var done = state.number - first.number, spent = (Date.now() - first.at) / 1000;
        if (done > 2 && spent > 3) {
          var minutes = Math.round((spent / done) * (state.total - state.number) / 60);
          left.textContent = minutes < 1 ? left.dataset.soon : left.dataset.words.replace("{minutes}", minutes);
        }
      }
      setTimeout(function () { ask(address, show); }, 700);
    }
    ask(address, show);
  }

  function wait(names) {
    var query = names.map(function (name) { return "tanya=" + encodeURIComponent(name); }).join("&");
    function show(state) {
      if (!state.over) { setTimeout(function () { ask("/keadaan?" + query, show); }, 1500); return; }
      var at = document.activeElement;
      var isTyping = at && /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName);
      var isChosen = Array.prototype.some.call(document.querySelectorAll("input[type=file],input[type=password]"), function (each) { return each.value; });
      if (isTyping || isChosen) setTimeout(function () { show(state); }, 2000);
      else location.reload();
    }
    setTimeout(function () { ask("/keadaan?" + query, show); }, 1200);
  }
})();
