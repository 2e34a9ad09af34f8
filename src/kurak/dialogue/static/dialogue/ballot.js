// Voting without waiting: the next card comes at once, the vote goes out behind it. What cannot be sent is kept on the
// device and sent when the connection is back; sending twice changes nothing, the server knows one vote a statement.
(() => {
  const column = document.getElementById("ballot"), cards = document.getElementById("cards");
  if (!column || !cards || !window.fetch) return;
  const state = document.getElementById("ballot-state"), bar = document.getElementById("progress"), voted = document.getElementById("voted");
  const store = `kurak:${column.dataset.slug}`;
  let queue = read(), sending = false, asking = false;

  function read() { try { return JSON.parse(localStorage.getItem(store)) || []; } catch { return []; } }
  function keep() { try { queue.length ? localStorage.setItem(store, JSON.stringify(queue)) : localStorage.removeItem(store); } catch { /* private window: the queue lives as long as the page */ } }
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const renew = (page) => { token = page.querySelector("template")?.content.querySelector("[name=csrfmiddlewaretoken]")?.value || page.querySelector("[name=csrfmiddlewaretoken]")?.value || token; };
  const say = (words) => { if (state) state.textContent = words; };
  const ahead = () => [...cards.querySelectorAll("template.card-ahead")];

  function show() {
    const next = ahead()[0];
    cards.querySelector("form.ballot")?.remove();
    if (next) {
      next.replaceWith(next.content.cloneNode(true));
      cards.querySelector("form.ballot .statement")?.scrollIntoView({ block: "nearest" });
    }
    if (ahead().length < 2) more();
  }

  async function more() {
    if (asking) return;
    asking = true;
    const held = [...cards.querySelectorAll("form.ballot")].map((form) => form.dataset.statement)
      .concat(ahead().map((each) => each.content.querySelector("form").dataset.statement), queue.map((each) => each.statement));
    try {
      const answer = await fetch(`${column.dataset.next}?skip=${held.join(",")}`);
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        renew(page);
        cards.append(...page.querySelectorAll("template"));
        if (!cards.querySelector("form.ballot")) ahead().length ? show() : queue.length || location.reload();
      }
    } catch { /* no connection: the cards at hand go on */ } finally { asking = false; }
  }

  async function send() {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const [item] = queue;
      try {
        const answer = await fetch(item.to, { method: "POST", body: new URLSearchParams(item.body), headers: { Accept: "application/json", "X-CSRFToken": token } });
        if (answer.status >= 500 || answer.status === 429) throw new Error("later");
        if (answer.status === 403 && !answer.headers.get("Content-Type").includes("json")) {  // the page has grown old
          renew(new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html"));
          throw new Error("later");
        }
        queue = queue.slice(1); keep();
        if (answer.ok) say(column.dataset.sent);
        else say((await answer.json().catch(() => ({}))).detail || "");
      } catch {
        say(column.dataset.waiting);
        setTimeout(send, 4000);
        break;
      }
    }
    sending = false;
    if (!queue.length && !cards.querySelector("form.ballot")) more();
  }

  cards.addEventListener("submit", (event) => {
    const form = event.target.closest("form.ballot");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const body = Object.fromEntries(new FormData(form, event.submitter));
    delete body.csrfmiddlewaretoken;
    queue = queue.filter((each) => each.statement !== form.dataset.statement).concat({ to: form.action, statement: form.dataset.statement, body });
    keep();
    if (voted) voted.textContent = bar.value = Math.min(+voted.textContent + 1, bar.max);
    show();
    send();
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const value = { 1: "1", 2: "-1", 3: "0" }[event.key];
    if (value) cards.querySelector(`form.ballot button[value="${value}"]`)?.click();
  });
  addEventListener("online", send);
  if (queue.length) send();
})();
