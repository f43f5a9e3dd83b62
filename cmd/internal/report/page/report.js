"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const one = (id) => document.getElementById(id);
  const form = document.querySelector(".filters");
  const checks = all(".check");
  const stacks = all("[data-stack]");
  const texts = new Map(checks.map((c) => [c, c.textContent.toLowerCase()]));
  let stack = "";

  // inStack says whether a finding is about the chosen stack or one it nests.
  const inStack = (finding) =>
    stack === "" || finding.dataset.stacks.split(" ").some((path) => path === stack || path.startsWith(stack + "/"));

  function filter() {
    const states = new Set(all("[name=state]:checked").map((box) => box.value));
    const words = one("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const area = one("area").value;
    const owner = one("owner").value;
    let shown = 0;
    let found = 0;
    let total = 0;
    for (const check of checks) {
      const findings = all(".finding", check);
      let matching = 0;
      for (const finding of findings) {
        finding.hidden = !(states.has(finding.dataset.state) && inStack(finding) && (owner === "" || finding.dataset.owner === owner));
        matching += finding.hidden ? 0 : 1;
      }
      const narrowed = stack !== "" || owner !== "";
      const fits = findings.length > 0 ? matching > 0 : !narrowed && states.has(check.dataset.state);
      check.hidden = !(fits && (area === "" || check.dataset.area === area) && words.every((word) => texts.get(check).includes(word)));
      shown += check.hidden ? 0 : 1;
      found += check.hidden ? 0 : matching;
      total += findings.length;
    }
    one("shown").textContent = `${found} of ${total} findings in ${shown} of ${checks.length} checks` + (stack === "" ? "" : `, only the stack ${stack}`);
    one("none").hidden = shown > 0;
  }

  function choose(path) {
    stack = stack === path ? "" : path;
    for (const button of stacks) {
      button.setAttribute("aria-pressed", String(button.dataset.stack === stack));
    }
    filter();
  }

  function clear() {
    form.reset();
    choose("");
  }

  // step moves the focus to the next or the previous check that is shown.
  function step(by) {
    const shown = checks.filter((check) => !check.hidden);
    if (shown.length === 0) return;
    const now = shown.findIndex((check) => check.contains(document.activeElement));
    const next = now < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(now + by, 0), shown.length - 1);
    const summary = shown[next].querySelector("summary");
    summary.focus();
    summary.scrollIntoView({ block: "nearest" });
  }

  // reveal opens the check that the address names, whatever the filter says.
  function reveal() {
    const check = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!check || !check.classList.contains("check")) return;
    if (check.hidden) {
      const box = all("[name=state]").find((b) => b.value === check.dataset.state);
      clear();
      if (box) box.checked = true;
      filter();
    }
    check.open = true;
    check.scrollIntoView();
  }

  one("print").addEventListener("click", () => window.print());
  one("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  for (const button of all(".copy")) {
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = "Copied"; }, () => { button.textContent = "Not copied"; });
    });
  }

  // A page of several targets has no checks to filter.
  if (!form) return;

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  one("clear").addEventListener("click", (event) => {
    event.preventDefault();
    clear();
  });
  for (const button of stacks) {
    button.addEventListener("click", () => choose(button.dataset.stack));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape") {
      clear();
      if (typing) event.target.blur();
    } else if (typing) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      one("search").focus();
    } else if (event.key === "j") {
      step(1);
    } else if (event.key === "k") {
      step(-1);
    }
  });

  // A print shows the causes whole and the checks folded.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("details[open]");
    for (const part of folded) part.open = false;
  });
  window.addEventListener("afterprint", () => {
    for (const part of folded) part.open = true;
  });
  window.addEventListener("hashchange", reveal);

  filter();
  reveal();
})();
