(function () {
  "use strict";
  const table = document.getElementById("findings-table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const words = rows.map((row) => row.textContent.toLowerCase());
  const form = document.querySelector(".filter");
  const field = (name) => document.getElementById("filter-" + name);
  const shown = document.getElementById("shown");

  function filter() {
    const text = field("text").value.trim().toLowerCase();
    const severity = field("severity").value;
    const state = field("state").value;
    const account = field("account").value;
    const categories = field("control").value === "" ? null : field("control").value.split(" ");
    let count = 0;
    rows.forEach((row, at) => {
      const fits = (text === "" || words[at].includes(text)) &&
        (severity === "" || row.dataset.severity === severity) &&
        (state === "" || row.dataset.state === state) &&
        (account === "" || row.dataset.account === account) &&
        (categories === null || categories.includes(row.dataset.category));
      row.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = String(count);
  }

  // A cell sorts by its data-sort, else by its text; rows that are equal keep the order of the report.
  function sortBy(column, heading) {
    const down = heading.getAttribute("aria-sort") === "ascending";
    const key = (row) => row.cells[column].dataset.sort || row.cells[column].textContent.trim();
    const order = rows.map((row, at) => ({ row, at, key: key(row) }));
    order.sort((a, b) => {
      const difference = a.key.localeCompare(b.key, "en", { numeric: true });
      return (down ? -difference : difference) || a.at - b.at;
    });
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    for (const entry of order) body.append(entry.row);
  }

  Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.addEventListener("click", () => sortBy(column, heading));
    heading.replaceChildren(button);
  });

  // A link leads to a lineage that is closed, or to a row that the filter hides.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    if (target === null) return;
    if (target.tagName === "DETAILS") target.open = true;
    if (target.hidden) {
      form.reset();
      filter();
    }
    target.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter, 0));
  window.addEventListener("hashchange", reveal);

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    for (const element of opened) element.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const element of opened) element.open = false;
  });

  filter();
  reveal();
})();
