// Everything here is an extra: each page works without it.
(() => {
  "use strict";
  // Leave quickly: Shift three times. location.replace leaves no entry of this page to go back to.
  const exit = document.querySelector("[data-exit]");
  const leave = () => { document.documentElement.hidden = true; window.location.replace(exit.href); };
  let presses = [];
  if (exit) {
    exit.addEventListener("click", (event) => { event.preventDefault(); leave(); });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Shift") { presses = []; return; }
      if (event.repeat) return;
      presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
      if (presses.length === 3) leave();
    });
  }
  // Menus close on Escape and when something else is chosen.
  const menus = document.querySelectorAll("details.languages, details.more");
  document.addEventListener("click", (event) => menus.forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus.forEach((menu) => { if (menu.open) { menu.open = false; menu.querySelector("summary").focus(); } });
  });
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
})();
