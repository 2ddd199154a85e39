document.documentElement.classList.add("scripted");
for (const holder of document.querySelectorAll("[data-chart]")) {
  const figure = JSON.parse(document.getElementById(holder.dataset.chart).textContent);
  // Beside a chart as narrow as this there is no room for a legend.
  if (holder.clientWidth < 460 && figure.layout.legend) {
    Object.assign(figure.layout.legend, { orientation: "h", y: -0.2, traceorder: "normal" });
    figure.layout.height = 460;
  }
  holder.style.height = figure.layout.height + "px";
  Plotly.newPlot(holder, figure.data, figure.layout, { responsive: true, displayModeBar: false, showTips: false });
}

const keyOf = (row, column) => {
  const cell = row.cells[column];
  const number = cell.querySelector("data");
  return number ? Number(number.value) : cell.textContent.trim();
};

// Numbers before texts, and what is no number last; rows that are alike keep their order.
const compare = (a, b) => {
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  if (typeof a === "string") return a < b ? -1 : a > b ? 1 : 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
  return a - b;
};

for (const table of document.querySelectorAll("table.sortable")) {
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const sign = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      headers.forEach(other => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
      const body = table.tBodies[0];
      body.append(...[...body.rows].sort((a, b) => sign * compare(keyOf(a, column), keyOf(b, column))));
    });
  });
}
