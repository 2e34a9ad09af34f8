// Keys inside a statement of the queue: A accepts, R goes to the reason, J and K to the next and the last one.
// They work only while a statement has the focus, so they never take a letter from somebody who types.
(() => {
  "use strict";
  const cards = [...document.querySelectorAll("[data-statement]")];
  const go = (card) => { if (card) { card.focus(); card.scrollIntoView({ block: "nearest" }); } };
  cards.forEach((card, at) => {
    card.addEventListener("keydown", (event) => {
      if (event.target.matches("input:not([type=checkbox]), select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === "j") go(cards[at + 1]);
      else if (key === "k") go(cards[at - 1]);
      else if (key === "a" || key === "r") {
        const wanted = card.querySelector(`[data-key=${key}]`);
        if (!wanted) return;
        if (key === "a") wanted.click(); else wanted.focus();
      } else return;
      event.preventDefault();
    });
  });
  if (cards.length) go(cards[0]);
})();
