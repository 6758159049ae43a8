// Small conveniences on pages that work without them: bigger text, completions, contact on tap, share, print.
"use strict";
(() => {
  const root = document.documentElement;
  const remembered = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("text-size", value);
      return localStorage.getItem("text-size");
    } catch {
      return value; // a browser that keeps nothing still gets bigger text on this page
    }
  };
  const setBigger = (bigger) => {
    root.classList.toggle("bigger", bigger);
    document.querySelector("[data-act=text-size]")?.setAttribute("aria-pressed", String(bigger));
  };
  if (remembered() === "big") root.classList.add("bigger");

  const say = (box, ...parts) => {
    const line = document.createElement("p");
    line.className = "phone";
    line.append(...parts);
    box.replaceChildren(line);
  };

  const showContact = async (form) => {
    const box = document.getElementById("contact-shown");
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.dataset.contact, { headers: { Accept: "application/json" } });
      const found = await answer.json();
      if (!answer.ok) {
        const wait = found.error.details.retry_after;
        say(box, found.error.message + (wait ? `，请 ${wait} 秒后再试。` : "。"));
        button.disabled = answer.status === 410;
        return;
      }
      if (!found.phone && !found.person) return say(box, "来源没有提供联系方式，请向提供单位询问。");
      const link = document.createElement("a");
      if (found.phone) {
        link.href = `tel:${found.phone.replace(/[^\d+]/g, "")}`;
        link.textContent = found.phone;
      }
      say(box, (found.person || "") + " ", link);
      form.hidden = true;
    } catch {
      say(box, "网络不通，请稍后再试。");
      button.disabled = false;
    }
  };

  const share = async (button) => {
    const page = { title: document.title, url: location.href };
    try {
      if (navigator.share) return await navigator.share(page);
      await navigator.clipboard.writeText(location.href);
      button.textContent = "链接已复制";
    } catch {
      button.textContent = "请复制地址栏里的链接";
    }
  };

  const completeWords = (input) => {
    const list = document.getElementById("completions");
    let timer;
    let latest = 0;
    const ask = async () => {
      const number = ++latest;
      const address = new URL(input.dataset.complete, location.href);
      for (const field of input.form.querySelectorAll("input[type=hidden]"))
        if (field.name !== "sort") address.searchParams.append(field.name, field.value);
      address.searchParams.set("q", input.value.trim());
      const answer = await fetch(address).catch(() => null);
      if (!answer?.ok || number !== latest) return;
      const options = (await answer.json()).items.map((item) => {
        const option = document.createElement("option");
        option.value = item.text;
        option.label = `${item.text}（${item.count.toLocaleString("zh-CN")}）`;
        return option;
      });
      list.replaceChildren(...options);
    };
    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing && input.value.trim()) timer = setTimeout(ask, 150);
    });
    input.addEventListener("compositionend", () => input.value.trim() && ask());
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const hidden of document.querySelectorAll("[data-act=text-size], [data-needs-script]")) hidden.hidden = false;
    setBigger(root.classList.contains("bigger"));
    const input = document.querySelector("[data-complete]");
    if (input) completeWords(input);
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (!button) return;
      if (button.dataset.act === "print") print();
      if (button.dataset.act === "share") share(button);
      if (button.dataset.act === "text-size") {
        const bigger = !root.classList.contains("bigger");
        setBigger(bigger);
        remembered(bigger ? "big" : "usual");
      }
    });
    document.addEventListener("submit", (event) => {
      if (!event.target.dataset.contact) return;
      event.preventDefault();
      showContact(event.target);
    });
  });
})();
