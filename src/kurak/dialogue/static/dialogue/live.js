// The living picture: replaces the quilt when a newer one comes, keeps my own place in it.
(() => {
  const box = document.getElementById("picture");
  if (!box || !box.dataset.live || !window.EventSource) return;
  const mine = () => document.getElementById("quilt-me");
  const place = (me, quilt) => me && [(+me.dataset.x - quilt.dataset.left) * quilt.dataset.scale, (+me.dataset.y - quilt.dataset.top) * quilt.dataset.scale];
  let shown = +box.dataset.version, later = 0;
  const live = box.dataset.live;
  const source = new EventSource(live.startsWith(":") ? `${location.protocol}//${location.hostname}${live}` : live);
  source.addEventListener("picture", (event) => {
    const news = JSON.parse(event.data);
    if (news.version <= shown) return;
    shown = news.version;
    const me = mine();
    box.innerHTML = news.picture;
    const quilt = document.getElementById("quilt");
    if (me && quilt) {
      const [x, y] = place(me, quilt);
      me.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      quilt.append(me);
    }
    const newer = document.getElementById("newer");
    if (newer) newer.hidden = false;
    const findings = document.getElementById("findings");
    if (findings && findings.dataset.refresh && !later) {
      later = setTimeout(async () => {
        later = 0;
        const answer = await fetch(findings.dataset.refresh);
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        findings.replaceChildren(...page.getElementById("findings").childNodes);
      }, 5000);
    }
  });
})();
