"use strict";
// Follows a job, and looks again when what a page was made of is worked out anew. Without it, links do the same.
(function () {
  var touched = 0, isDown = false, left = 0;
  function on(kinds, then) { kinds.forEach(function (kind) { addEventListener(kind, then, true); }); }
  on(["pointerdown", "keydown"], function () { isDown = true; touched = Date.now(); });
  on(["pointerup", "pointercancel", "keyup", "blur"], function () { isDown = false; touched = Date.now(); });
  on(["pointermove"], function () { touched = Date.now(); });
  on(["submit", "beforeunload"], function () { left = Date.now(); });
  on(["pageshow"], function () { left = 0; });
  // Whether something was pressed, or is about to be: a page put anew now would swallow it.
  function isPressing() { var now = Date.now(); return isDown || now - touched < 700 || now - left < 60000; }

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
      if (state.over) { again(); return; }
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

  function again() {
    if (isPressing()) setTimeout(again, 300);
    else location.reload();
  }

  function wait(names) {
    var query = names.map(function (name) { return "tanya=" + encodeURIComponent(name); }).join("&");
    function show(state) {
      if (!state.over) { setTimeout(function () { ask("/keadaan?" + query, show); }, 1500); return; }
      renew();
    }
    setTimeout(function () { ask("/keadaan?" + query, show); }, 1200);
  }

  // Puts the page of now in the place of the old one, in one step: nothing is loaded while a person may press or type.
  function renew() {
    if (isUsed()) { setTimeout(renew, 1000); return; }
    fetch(location.pathname + location.search, { credentials: "same-origin" })
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.text(); })
      .then(function (text) {
        if (isUsed()) { setTimeout(renew, 1000); return; }
        var fresh = new DOMParser().parseFromString(text, "text/html");
        var old = document.querySelector("main"), main = document.adoptNode(fresh.querySelector("main"));
        var focused = nth(old, document.activeElement);
        old.querySelectorAll("details").forEach(function (each) {
          var same = twin(main, nth(old, each.querySelector("summary")));
          if (same) same.parentNode.open = each.open;
        });
        old.replaceWith(main);
        var again = twin(main, focused);
        if (again) again.focus({ preventScroll: true });
        if (fresh.body.dataset.waits) wait(fresh.body.dataset.waits.split(" "));
      })
      .catch(function () { setTimeout(renew, 4000); });
  }

  // Which of those that say the same a link, button or summary is; and the one in another page.
  function nth(main, element) {
    if (!element || !main.contains(element) || !/^(A|BUTTON|SUMMARY)$/.test(element.tagName)) return null;
    return { kind: element.tagName, words: element.textContent, number: alike(main, element.tagName, element.textContent).indexOf(element) };
  }
  function twin(main, told) { return told ? alike(main, told.kind, told.words)[told.number] : null; }
  function alike(main, kind, words) {
    return Array.prototype.filter.call(main.querySelectorAll(kind), function (each) { return each.textContent === words; });
  }

  function isUsed() {
    var at = document.activeElement;
    return isPressing() || (at && /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) ||
      Array.prototype.some.call(document.querySelectorAll("main input, main select, main textarea"), isTyped);
  }

  // Whether a field says something else than when the page was made: that must not be lost.
  function isTyped(field) {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    var first = Array.prototype.findIndex.call(field.options, function (each) { return each.defaultSelected; });
    return field.selectedIndex !== Math.max(first, 0);
  }
})();
