// Counting at a fair. Every press gets an id here and is kept until the server says it has it: nothing is lost without
// network, nothing is counted twice however often it is sent.
"use strict";
(() => {
  const day = document.querySelector("[data-day]");
  if (!day) return;
  const key = `fair-day:${day.dataset.day}:${day.dataset.account}`;
  const told = document.querySelector("[data-day-told]");
  const first = told.textContent;
  let token = day.dataset.token;
  let sending = false;
  let open = true;

  const waiting = () => {
    try {
      return JSON.parse(localStorage.getItem(key) || "[]");
    } catch {
      return [];
    }
  };
  // Read anew before each change: the same page may be open twice.
  const change = (how) => localStorage.setItem(key, JSON.stringify(how(waiting())));
  const newId = () =>
    crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

  const sums = new Map();
  const place = (exhibitor, kind) => `${exhibitor}:${kind}`;
  const counters = new Map();
  for (const group of day.querySelectorAll("[data-exhibitor]"))
    for (const counter of group.querySelectorAll("[data-kind]")) {
      const at = place(group.dataset.exhibitor, counter.dataset.kind);
      counters.set(at, counter);
      sums.set(at, Number(counter.querySelector("output").textContent));
      for (const button of counter.querySelectorAll("button")) {
        button.disabled = false;
        button.addEventListener("click", () => {
          const amount = Number(button.dataset.add);
          if (amount < 0 && shown(at) <= 0) return;
          const one = { id: newId(), exhibitor: group.dataset.exhibitor, kind: counter.dataset.kind, amount, at: new Date().toISOString() };
          try {
            change((queue) => [...queue, one]);
          } catch {
            return tell("手机存不下了，这一下没有记。请先连上网络。", "bad");
          }
          show();
          send();
        });
      }
    }

  const pending = (at) => waiting().reduce((sum, one) => (place(one.exhibitor, one.kind) === at ? sum + one.amount : sum), 0);
  const shown = (at) => (sums.get(at) || 0) + pending(at);
  const tell = (words, kind) => {
    told.textContent = words;
    told.className = `notice ${kind || ""}`;
  };
  const show = () => {
    const queue = waiting();
    const more = new Map();
    for (const one of queue) more.set(place(one.exhibitor, one.kind), (more.get(place(one.exhibitor, one.kind)) || 0) + one.amount);
    for (const [at, counter] of counters) {
      counter.querySelector("output").textContent = (sums.get(at) || 0) + (more.get(at) || 0);
      counter.classList.toggle("waiting", more.has(at));
    }
    day.dataset.waiting = queue.length;
    if (queue.length) tell(`有 ${queue.length} 次计数还没有传上去，会自动补传。请不要清除浏览器数据。`);
  };
  const take = (state) => {
    token = state.token;
    open = state.countable;
    for (const at of sums.keys()) sums.set(at, 0);
    for (const one of state.sums) sums.set(place(one.exhibitor, one.kind), one.sum);
  };
  const ask = async (address, options) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error", ...options });
    const body = await answer.json().catch(() => null);
    return [answer, body];
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      const [fresh, state] = await ask(day.dataset.sums);
      if (!fresh.ok || !state) throw new Error("no state");
      take(state);
      while (open && waiting().length) {
        const some = waiting().slice(0, 200);
        const [answer, body] = await ask(day.dataset.send, {
          method: "POST",
          body: JSON.stringify({ tallies: some }),
          headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token },
        });
        if (!answer.ok || !body) {
          tell(body && body.error ? `没有传上去：${body.error.message}` : "没有传上去，过一会儿再试。", "bad");
          return;
        }
        const done = new Set([...body.accepted, ...body.refused]);
        change((queue) => queue.filter((one) => !done.has(one.id)));
        take(body);
        if (body.refused.length) tell(`有 ${body.refused.length} 次计数的单位已不在名单里，没有计入。`, "bad");
      }
      show();
      if (!waiting().length) tell(open ? `都已传上去。${first}` : "这场对接会已经不能计数。", open ? "good" : "bad");
    } catch {
      show();
      const kept = waiting().length ? `${waiting().length} 次计数存在这部手机里，连上后自动补传` : "可以继续点，连上后自动补传";
      tell(`现在连不上网（或登录已过期）：${kept}。登录过期请在另一页重新登录。`);
    } finally {
      sending = false;
      if (open && waiting().length) setTimeout(send, 5000);
    }
  };

  const find = document.querySelector("[data-day-find]");
  find.addEventListener("input", () => {
    const words = find.value.trim().toLowerCase();
    for (const line of day.querySelectorAll("[data-day-line]")) line.hidden = !line.dataset.dayLine.toLowerCase().includes(words);
  });
  addEventListener("online", send);
  addEventListener("storage", show);
  setInterval(send, 30000);
  show();
  send();
})();
