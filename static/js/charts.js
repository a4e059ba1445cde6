// Draws a page's figures when they come near the window; the table beside each is there anyway.
"use strict";

(() => {
  const spoken = document.documentElement.lang;
  const CONFIG = {
    displayModeBar: false,
    displaylogo: false,
    responsive: true,
    plotlyServerURL: "",
    locale: spoken,
    modeBarButtonsToRemove: ["sendChartToCloud"],
  };
  let bundle;

  // Words come first: nothing heavy is asked for before something was painted.
  const painted = new Promise((resolve) => {
    const seen = new PerformanceObserver((list) => {
      if (list.getEntriesByName("first-contentful-paint").length) resolve();
    });
    seen.observe({ type: "paint", buffered: true });
    setTimeout(resolve, 3000); // a browser that tells nothing of paint
  });

  function loadPlotly(url) {
    bundle ??= painted.then(() => new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => {
        if (spoken !== "en") speak();
        resolve();
      };
      script.onerror = reject;
      document.head.append(script);
    }));
    return bundle;
  }

  // Months, days and separators as the browser knows them of the page's language.
  function speak() {
    const named = (count, told, dayOf) => Array.from({ length: count }, (_, place) =>
      new Date(Date.UTC(...dayOf(place))).toLocaleDateString(spoken, { ...told, timeZone: "UTC" }));
    const months = (month) => named(12, { month }, (place) => [2026, place, 1]);
    const days = (weekday) => named(7, { weekday }, (place) => [2026, 1, 1 + place]); // a Sunday
    const parts = new Intl.NumberFormat(spoken).formatToParts(1234567.8);
    const sign = (type) => parts.find((part) => part.type === type).value;
    window.Plotly.register({
      moduleType: "locale",
      name: spoken,
      dictionary: {},
      format: {
        months: months("long"),
        shortMonths: months("short"),
        days: days("long"),
        shortDays: days("short"),
        decimal: sign("decimal"),
        thousands: sign("group"),
      },
    });
  }

  // Figures name CSS variables; their values depend on the theme.
  function colourOf(variable) {
    const probe = document.createElement("span");
    probe.style.color = `var(${variable})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  }

  function coloured(node) {
    if (Array.isArray(node)) return node.map(coloured);
    if (node && typeof node === "object") {
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, coloured(value)]));
    }
    return typeof node === "string" && node.startsWith("--") ? colourOf(node) : node;
  }

  function layoutOf(figure) {
    const ink = colourOf("--ink3");
    return {
      margin: { l: 40, r: 10, t: 8, b: 26 },
      paper_bgcolor: "transparent",
      plot_bgcolor: "transparent",
      font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: ink },
      showlegend: false,
      hovermode: "x",
      xaxis: { showgrid: false, fixedrange: true, tickformat: "%d %b", nticks: 5, zeroline: false },
      yaxis: { gridcolor: colourOf("--line"), fixedrange: true, zeroline: false, nticks: 5 },
      ...coloured(figure.layout),
    };
  }

  async function draw(box) {
    const figure = JSON.parse(document.getElementById(box.dataset.figure).textContent);
    await loadPlotly(box.dataset.plotly);
    await Plotly.react(box, coloured(figure.data), layoutOf(figure), CONFIG);
    if (!("drawn" in box.dataset)) box.on("plotly_click", follow);
    box.dataset.drawn = "";
  }

  // A click on a point opens what it stands for.
  function follow(event) {
    const url = event.points[0].customdata;
    if (typeof url !== "string") return;
    if (url.startsWith("/")) location.assign(url);
    else if (url.startsWith("?")) location.assign(withQuery(url));
  }

  // The page itself with something more in its address.
  function withQuery(url) {
    const asked = new URL(url, location.href);
    const here = new URL(location.href);
    for (const [name, value] of asked.searchParams) here.searchParams.set(name, value);
    here.hash = asked.hash;
    return here;
  }

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        watcher.unobserve(entry.target);
        draw(entry.target);
      }
    },
    { rootMargin: "200px" },
  );

  function watch() {
    for (const box of document.querySelectorAll("[data-figure]:not([data-drawn])")) watcher.observe(box);
    for (const button of document.querySelectorAll("button[data-png][hidden]")) {
      if (!document.querySelector(`[data-figure="${button.dataset.png}"]`)) continue;
      button.hidden = false;
      button.addEventListener("click", () => save(button));
    }
  }

  function redraw() {
    for (const box of document.querySelectorAll("[data-figure][data-drawn]")) draw(box);
  }

  // A picture to keep or send: the figure with its title, its filters and its day.
  async function save(button) {
    const box = document.querySelector(`[data-figure="${button.dataset.png}"]`);
    const figure = JSON.parse(document.getElementById(box.dataset.figure).textContent);
    await loadPlotly(box.dataset.plotly);
    const layout = layoutOf(figure);
    const head = { text: button.dataset.pngTitle, subtitle: { text: button.dataset.pngNote }, x: 0.02, xanchor: "left" };
    const paper = colourOf("--surface");
    const margin = { ...layout.margin, t: layout.margin.t + 100 };
    const legend = { showlegend: figure.data.length > 3 || figure.data.every((trace) => trace.name), legend: { orientation: "h", y: 1, yanchor: "bottom", x: 0 } };
    const told = { ...layout, ...legend, title: head, margin, paper_bgcolor: paper, plot_bgcolor: paper, width: 1200, height: 640 };
    await Plotly.downloadImage(
      { data: coloured(figure.data), layout: told, config: { locale: spoken } },
      { format: "png", width: 1200, height: 640, filename: button.dataset.pngName },
    );
  }

  watch();
  document.addEventListener("htmx:afterSettle", watch);
  document.addEventListener("themechange", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
})();
