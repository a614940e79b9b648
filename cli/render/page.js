/* SPDX-License-Identifier: GPL-3.0-or-later */
"use strict";
(function () {
  var digits = 3;

  /* To three digits with separators, as the text shows them. */
  function rounded(value, unit) {
    var fixed = Number(value.toPrecision(digits)), size = Math.abs(fixed);
    var places = size > 0 ? Math.max(0, digits - 1 - Math.floor(Math.log10(size))) : 0;
    return fixed.toLocaleString("en-US", {minimumFractionDigits: Math.min(places, 12), maximumFractionDigits: 12}) + unit;
  }

  function scaled(value, first, units) {
    var step = 0;
    value *= first;
    while (step + 1 < units.length && Number(Math.abs(value).toPrecision(digits)) >= 1000) {
      value /= 1000;
      step++;
    }
    return rounded(value, units[step]);
  }

  function show(value, unit) {
    var sign = value < 0 ? "-" : "";
    value = Math.abs(value);
    switch (unit) {
    case "USD": return sign + "$" + scaled(value, 1, ["", "k", "M", "B", "T"]);
    case "USD/h": return sign + "$" + rounded(value, "");
    case "kWh": return sign + scaled(value, 1000, [" Wh", " kWh", " MWh", " GWh", " TWh"]);
    case "kW": return sign + scaled(value, 1000, [" W", " kW", " MW", " GW"]);
    case "kg": return sign + scaled(value, 1000, [" g", " kg", " t", " kt", " Mt", " Gt"]);
    case "h": return sign + (value < 999500 ? rounded(value, " h") : scaled(value, 1e-6, ["M h", "B h"]));
    case "share": return sign + rounded(100 * value, " %");
    default: return sign + (value >= 1e15 ? value.toExponential(digits - 1).replace("+", "") : rounded(value, ""));
    }
  }

  function each(selector, work, from) {
    Array.prototype.forEach.call((from || document).querySelectorAll(selector), work);
  }

  /* ---- sliders: only what is exactly a product moves, what follows otherwise is struck out ---- */

  var factors = {};

  function words(element, name) {
    return (element.getAttribute(name) || "").split(" ").filter(Boolean);
  }

  function move() {
    each("data[data-times],data[data-stale]", function (cell) {
      var factor = 1, stale = false;
      words(cell, "data-times").forEach(function (key) { factor *= factors[key] || 1; });
      words(cell, "data-stale").forEach(function (key) { stale = stale || (factors[key] || 1) !== 1; });
      cell.className = stale ? "stale" : factor !== 1 ? "moved" : "";
      cell.textContent = factor === 1 || stale ? cell.dataset.text : show(factor * Number(cell.value), cell.dataset.unit);
    });
  }

  each("data", function (cell) { cell.dataset.text = cell.textContent; });

  function label(slider) {
    var factor = factors[slider.dataset.key], low = Number(slider.dataset.low), high = Number(slider.dataset.high);
    var text = "x " + rounded(factor, "");
    if (isFinite(low) && isFinite(high) && slider.dataset.low)
      text = show(factor * low, slider.dataset.unit) + (high > low ? " to " + show(factor * high, slider.dataset.unit) : "");
    slider.parentNode.querySelector("output").textContent = text;
  }

  each("input[type=range]", function (slider) {
    function slide() {
      factors[slider.dataset.key] = Math.pow(10, Number(slider.value) / 100);
      label(slider);
      move();
    }
    slider.addEventListener("input", slide);
    slide();
  });

  each("button.reset", function (button) {
    button.addEventListener("click", function () {
      each("input[type=range]", function (slider) {
        slider.value = 0;
        slider.dispatchEvent(new Event("input"));
      });
    });
  });

  /* ---- tables that can be sorted and searched ---- */

  function key(row, column) {
    var cell = row.cells[column], data = cell && cell.querySelector("data");
    return data ? Number(data.value) : cell ? cell.textContent.trim() : "";
  }

  function order(a, b) {
    if (a === b)
      return 0;
    if (a === "" || b === "")
      return a === "" ? 1 : -1;
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  }

  each("table.sortable", function (table) {
    each("thead th", function (head) {
      var column = head.cellIndex, button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") !== "ascending", body = table.tBodies[0];
        each("th[aria-sort]", function (other) { other.removeAttribute("aria-sort"); }, table);
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        Array.prototype.slice.call(body.rows).map(function (row, place) {
          return {row: row, place: place, key: key(row, column)};
        }).sort(function (x, y) {
          var by = x.key === "" || y.key === "" ? order(x.key, y.key) : (up ? 1 : -1) * order(x.key, y.key);
          return by || x.place - y.place;
        }).forEach(function (item) { body.appendChild(item.row); });
      });
    }, table);
  });

  each("input[type=search]", function (box) {
    box.addEventListener("input", function () {
      var wanted = box.value.toLowerCase().split(/\s+/);
      each("#" + box.dataset.table + " tbody tr", function (row) {
        var text = row.textContent.toLowerCase();
        row.hidden = !wanted.every(function (word) { return text.indexOf(word) >= 0; });
      });
    });
  });

  window.addEventListener("beforeprint", function () {
    each("details", function (part) { part.open = true; });
  });

  each(".controls", function (part) { part.hidden = false; });
  document.documentElement.dataset.ran = "to its end";
})();
