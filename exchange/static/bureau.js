// The clerk's pages work without this: a file can be dropped, its size is told at once, and the progress moves.
"use strict";
(() => {
  const upload = document.querySelector("[data-upload]");
  if (upload) {
    const input = upload.querySelector("input[type=file]");
    const box = upload.querySelector("[data-drop]");
    const fault = document.getElementById("file-fault");
    const button = upload.querySelector("[data-upload-button]");
    const most = Number(upload.dataset.mostBytes);
    const check = () => {
      const file = input.files[0];
      const size = file ? file.size / 1048576 : 0;
      const told = !file || file.size <= most ? "" : `文件有 ${size.toFixed(1)} MB，超过了 ${most / 1048576} MB 的上限。请删去图片，或分成几个文件再上传。`;
      fault.textContent = told;
      fault.hidden = !told;
      input.setCustomValidity(told);
    };
    input.addEventListener("change", check);
    for (const name of ["dragenter", "dragover"])
      box.addEventListener(name, (event) => {
        event.preventDefault();
        box.classList.add("over");
      });
    for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length !== 1) {
        fault.textContent = "一次只能上传一个文件，请一个一个来。";
        fault.hidden = false;
        return;
      }
      input.files = event.dataTransfer.files;
      check();
    });
    upload.addEventListener("submit", () => {
      button.disabled = true;
      button.textContent = "正在上传…";
    });
    addEventListener("pageshow", () => {
      button.disabled = false;
      button.textContent = "上传并检查";
    });
  }

  for (const all of document.querySelectorAll("[data-tick-all]")) {
    all.addEventListener("change", () => {
      for (const box of document.getElementsByName(all.dataset.tickAll)) box.checked = all.checked;
    });
    all.hidden = false;
  }

  const moving = document.querySelector("[data-progress]");
  if (moving) {
    const part = (name) => moving.querySelector(`[data-${name}]`);
    const bar = moving.querySelector("progress");
    const show = (now) => {
      part("stage").textContent = now.stage;
      part("left").textContent = now.left;
      part("worker").textContent = now.worker;
      part("worker").className = now.worker_alive ? "worker small" : "worker notice";
      if (!now.of) return bar.removeAttribute("value");
      bar.max = now.of;
      bar.value = now.read;
      part("read").textContent = `${now.read.toLocaleString("zh-CN")} / ${now.of.toLocaleString("zh-CN")} 行`;
    };
    const ask = async () => {
      try {
        const answer = await fetch(moving.dataset.progress, { headers: { Accept: "application/json" } });
        if (answer.redirected) return location.reload(); // the session is over
        if (answer.ok) {
          const now = await answer.json();
          if (!now.moving) return location.reload();
          show(now);
        }
      } catch {
        part("worker").textContent = "网络不通，正在重试。已经收下的文件不会丢。";
      }
      setTimeout(ask, 1000);
    };
    setTimeout(ask, 700);
  }
})();
