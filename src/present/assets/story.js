// The results table: search, filters, pages, a runner's splits and picture, all in the address
// (#race=half&q=ruiz&bib=812). No library, no request. Every text reaches the page as textContent.
(() => {
  "use strict";
  const PAGE = 50; // as kHeadRows in story_results.cc
  const NEIGHBOURS = 200; // on each side, for the band behind a runner's pace
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const table = $("table");
  if (!table || !data.races.length) return;
  const body = table.tBodies[0];

  // --- packed columns (story_data.h) -----------------------------------------------------------
  const digit = new Int8Array(128);
  for (let code = 35, value = 0; code < 127; code++) {
    if (!"&<>\\".includes(String.fromCharCode(code))) digit[code] = value++;
  }
  const valueAt = ([width, text], row) => {
    let value = 0;
    for (let i = row * width; i < (row + 1) * width; i++) {
      value = value * 88 + digit[text.charCodeAt(i)];
    }
    return value - 1; // -1: absent
  };
  const lists = new WeakMap();
  // A race's bibs, names and folded search text, made when first asked for.
  const listsOf = (race) => {
    if (!lists.has(race)) {
      const names = race.names.split("\n");
      lists.set(race, { names, bibs: race.n ? race.bibs.split(" ") : [] });
    }
    return lists.get(race);
  };
  const fold = (text) => text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
  const foldedOf = (race) => {
    const own = listsOf(race);
    if (!own.folded) {
      const clubs = race.clubs.map(fold);
      own.folded = fold(race.names).split("\n");
      for (let row = 0; row < race.n; row++) {
        const club = valueAt(race.club, row);
        if (club >= 0) own.folded[row] += "\n" + clubs[club];
      }
    }
    return own.folded;
  };

  // --- words: the page's own, with values in braces (story_data.h) -----------------------------
  const words = data.words;
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const filled = (pattern, values) =>
    pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const said = (key, values = {}) => filled(words[key], values);
  const saidOf = (key, number, values = {}) => {
    const chosen = words[key][plural.select(number)] || words[key].other;
    return filled(chosen, { count: grouped(number), ...values });
  };
  const decimal = (n) => String(n).replace(".", words.decimal);
  const pad = (n) => String(n).padStart(2, "0");
  const clock = (seconds) => {
    const h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60;
    return (h ? h + ":" + pad(m) : String(m)) + ":" + pad(Math.floor(seconds) % 60);
  };
  const official = (hundredths, decimals) => {
    if (hundredths < 0) return "";
    const rest = hundredths % 100;
    return clock(Math.floor(hundredths / 100)) +
      (decimals === 2 ? words.decimal + pad(rest)
        : decimals === 1 ? words.decimal + Math.floor(rest / 10) : "");
  };
  const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, words.thousands);
  const capital = (word) => word[0].toUpperCase() + word.slice(1);
  const place = (code) => (code < 0 ? "" : grouped(code >> 1) + (code & 1 ? "=" : ""));
  const SEXES = ["F", "M", "X"];
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const isolated = (text) => element("bdi", "", text);

  // --- state and address -----------------------------------------------------------------------
  const state = { race: 0, q: "", sex: "", div: "", sort: "place", down: false, page: 0, bib: "" };
  const secondOf = (race) => (race.rank === "net" ? race.gun : race.net);
  const firstRace = Math.max(0, data.races.findIndex((race) => race.n > 0));

  const readAddress = () => {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return false; // a place on the page
    const asked = new URLSearchParams(hash);
    const race = data.races.findIndex((one) => one.id === asked.get("race"));
    state.race = race >= 0 ? race : firstRace;
    state.bib = asked.get("bib") || "";
    if (race < 0 && state.bib) {
      const holder = data.races.findIndex((one) => listsOf(one).bibs.includes(state.bib));
      if (holder >= 0) state.race = holder;
    }
    state.q = asked.get("q") || "";
    state.sex = asked.get("sex") || "";
    state.div = asked.get("div") || "";
    const sort = asked.get("sort") || "place";
    state.down = sort.startsWith("-");
    state.sort = sort.replace(/^-/, "");
    state.page = Math.max(0, (parseInt(asked.get("page"), 10) || 1) - 1);
    return true;
  };
  const writeAddress = () => {
    const asked = new URLSearchParams();
    const set = (key, value, usual) => { if (value !== usual) asked.set(key, value); };
    set("race", data.races[state.race].id, data.races[firstRace].id);
    set("q", state.q, "");
    set("sex", state.sex, "");
    set("div", state.div, "");
    set("sort", (state.down ? "-" : "") + state.sort, "place");
    set("page", state.page + 1, 1);
    set("bib", state.bib, "");
    const text = asked.toString();
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  };

  // --- which rows, in which order --------------------------------------------------------------
  const matching = (race) => {
    const { bibs } = listsOf(race);
    const words = fold(state.q).split(/\s+/).filter(Boolean);
    const folded = words.length ? foldedOf(race) : null;
    const sex = state.sex ? SEXES.indexOf(state.sex) : -1;
    const division = state.div ? race.divs.indexOf(state.div) : -1;
    const rows = [];
    for (let row = 0; row < race.n; row++) {
      if (sex >= 0 && valueAt(race.sex, row) !== sex) continue;
      if (division >= 0 && valueAt(race.div, row) !== division) continue;
      if (folded && !words.every((word) =>
        folded[row].includes(word) || bibs[row].toLowerCase().startsWith(word))) continue;
      rows.push(row);
    }
    return rows;
  };
  const collator = new Intl.Collator(undefined, { numeric: true });
  const sorted = (race, rows) => {
    const { names, bibs } = listsOf(race);
    // Rows come in the order of places; absent times stay behind whichever way one sorts.
    if (state.sort === "name" || state.sort === "bib") {
      const texts = state.sort === "name" ? names : bibs;
      rows.sort((a, b) => collator.compare(texts[a], texts[b]) || a - b);
      if (state.down) rows.reverse();
    } else if (state.sort === "official" || state.sort === "second") {
      const column = state.sort === "official" ? race.official : secondOf(race);
      const values = new Float64Array(race.n);
      for (const row of rows) {
        const value = valueAt(column, row);
        values[row] = value < 0 ? Infinity : state.down ? -value : value;
      }
      rows.sort((a, b) => (values[a] === values[b] ? a - b : values[a] - values[b]));
    } else if (state.down) {
      rows.reverse();
    }
    if (state.q) {
      const exact = rows.indexOf(bibs.indexOf(state.q.trim()));
      if (exact > 0) rows.unshift(rows.splice(exact, 1)[0]);
    }
    return rows;
  };

  // --- a runner: facts, splits, picture --------------------------------------------------------
  const tenths = (cell, value) => {
    cell.append(clock(Math.floor(value / 10)), element("span", "tenth", words.decimal + (value % 10)));
  };
  const splitsOf = (race, row) => {
    const out = [{ label: said("start"), metres: 0, at: 0 }];
    race.points.forEach(([label, metres, timed], point) => {
      if (point === 0 || !timed) return;
      const missed = race.missed.find((one) => one[0] === row && one[1] === point);
      out.push({ label, metres, at: valueAt(race.splits[point - 1], row), missed });
    });
    return out;
  };
  const factsOf = (race, row) => {
    const made = element("dl", "facts");
    const fact = (label, text) => {
      if (!text) return;
      const pair = element("div");
      const value = element("dd");
      value.append(isolated(text));
      pair.append(element("dt", "", label), value);
      made.append(pair);
    };
    const status = data.statuses[valueAt(race.status, row)];
    const sex = valueAt(race.sex, row), division = valueAt(race.div, row);
    const overall = valueAt(race.place, row);
    if (overall >= 0) {
      fact(said("overall"), place(overall));
      if (sex >= 0) fact(words["sex." + SEXES[sex]], place(valueAt(race.placeSex, row)));
      if (division >= 0) fact(race.divs[division], place(valueAt(race.placeDiv, row)));
    } else {
      const clause = race.clauses[row];
      fact(said("result"), capital(status[1]) + (clause ? " (" + clause + ")" : ""));
    }
    fact(words["results.gun"], official(valueAt(race.gun, row), race.decimals));
    fact(words["results.net"], official(valueAt(race.net, row), race.decimals));
    const club = valueAt(race.club, row);
    if (club >= 0) fact(words["results.club"], race.clubs[club]);
    return made;
  };
  const splitsTable = (splits) => {
    const made = element("table", "splits");
    made.append(element("caption", "unseen", said("splits")));
    const head = made.createTHead().insertRow();
    const columns = [said("point"), words["results.net"], said("stretch"), said("per-km")];
    for (const word of columns) {
      const cell = element("th", "", word);
      cell.scope = "col";
      head.append(cell);
    }
    const rows = made.createTBody();
    const lastKnown = splits.reduce((last, one, i) => (one.at >= 0 ? i : last), 0);
    let before = splits[0];
    splits.slice(1).forEach((split, i) => {
      if (split.at < 0 && !split.missed && i + 1 > lastKnown) return; // not reached
      const line = rows.insertRow();
      const name = element("th", "", split.label);
      name.scope = "row";
      line.append(name);
      if (split.at < 0) {
        const cell = line.insertCell();
        cell.colSpan = 3;
        cell.className = "missed";
        cell.textContent = split.missed
          ? said("missed-between",
            { from: clock(split.missed[2] / 10), to: clock(split.missed[3] / 10) })
          : said("missed");
        return;
      }
      tenths(line.insertCell(), split.at);
      const took = split.at - before.at;
      tenths(line.insertCell(), Math.max(0, took));
      line.insertCell().textContent =
        split.metres > before.metres ? clock(took * 100 / (split.metres - before.metres)) : "";
      before = split;
    });
    return made;
  };
  const paces = (splits) => { // [from km, to km, seconds a kilometre]
    const out = [];
    let before = splits[0];
    for (const split of splits.slice(1)) {
      if (split.at < 0 || split.metres <= before.metres || split.at < before.at) continue;
      out.push([before.metres / 1000, split.metres / 1000,
        (split.at - before.at) * 100 / (split.metres - before.metres)]);
      before = split;
    }
    return out;
  };
  const quantile = (values, share) => values[Math.round(share * (values.length - 1))];
  // The paces of those placed around the runner, at the same points.
  const bandAround = (race, row) => {
    const out = [];
    const points = race.points.map(([, metres, timed], i) => ({ metres, timed, i }))
      .filter((point) => point.timed);
    for (let k = 1; k < points.length; k++) {
      const from = points[k - 1], to = points[k];
      const values = [];
      const last = Math.min(race.n - 1, row + NEIGHBOURS);
      for (let other = Math.max(0, row - NEIGHBOURS); other <= last; other++) {
        if (other === row || valueAt(race.place, other) < 0) continue;
        const a = from.i === 0 ? 0 : valueAt(race.splits[from.i - 1], other);
        const b = valueAt(race.splits[to.i - 1], other);
        if (a >= 0 && b > a) values.push((b - a) * 100 / (to.metres - from.metres));
      }
      if (values.length < 10) continue;
      values.sort((a, b) => a - b);
      out.push([from.metres / 1000, to.metres / 1000, quantile(values, 0.1), quantile(values, 0.9)]);
    }
    return out;
  };
  const step = (span, count, steps) => steps.find((one) => span / one <= count) || steps.at(-1);
  const pacePicture = (race, row, splits) => {
    const own = paces(splits);
    if (own.length < 2) return null;
    const band = bandAround(race, row);
    const values = own.map((one) => one[2]).concat(...band.map((one) => [one[2], one[3]]));
    const room = Math.max((Math.max(...values) - Math.min(...values)) * 0.08, 5);
    const slow = Math.max(...values) + room, fast = Math.min(...values) - room;
    const whole = race.points.at(-1)[1] / 1000;
    const x = (km) => Math.round(km / whole * 2000);
    const y = (pace) => Math.round((pace - fast) / (slow - fast) * 2000);
    // Numbers and words of the page: nothing here comes from a person.
    const kilometres = (km) => decimal(+km.toFixed(1));
    let drawing = "", labels = "";
    const paceStep = step(slow - fast, 6, [10, 15, 20, 30, 60, 120, 180, 300, 600, 1800, 3600]);
    for (let at = Math.ceil(fast / paceStep) * paceStep; at <= slow; at += paceStep) {
      drawing += `<path class="grid" d="M0 ${y(at)}H2000"/>`;
      labels += `<span class="y" style="top:${y(at) / 20}%">${clock(at)}</span>`;
    }
    const kmStep = step(whole, 6, [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]);
    for (let at = 0, i = 0; at <= whole; at = ++i * kmStep) {
      labels += `<span class="x" style="left:${x(at) / 20}%">${at ? said("kilometres", { kilometres: kilometres(at) }) : said("start")}</span>`;
    }
    if (band.length) {
      const low = band.map((one) => `L${x(one[0])} ${y(one[2])}L${x(one[1])} ${y(one[2])}`).join("");
      const high = [...band].reverse()
        .map((one) => `L${x(one[1])} ${y(one[3])}L${x(one[0])} ${y(one[3])}`).join("");
      drawing += `<path class="band" d="M${low.slice(1)}${high}Z"/>`;
    }
    const line = own.map((one) => `L${x(one[0])} ${y(one[2])}L${x(one[1])} ${y(one[2])}`).join("");
    drawing += `<path class="main" d="M${line.slice(1)}"/>`;
    const figure = element("figure");
    const plot = element("div", "plot");
    plot.setAttribute("role", "img");
    const each = own.map((one) =>
      said("pace-until", { pace: clock(one[2]), kilometres: kilometres(one[1]) }));
    plot.setAttribute("aria-label", said("pace-described", { paces: each.join(", ") }));
    plot.innerHTML = `<div class="area" style="height:200px"><svg viewBox="0 0 2000 2000" ` +
      `preserveAspectRatio="none" aria-hidden="true">${drawing}</svg>${labels}</div>`;
    figure.append(plot, element("figcaption", "", said(band.length ? "pace-among" : "pace")));
    return figure;
  };
  const detailOf = (race, row) => {
    const line = element("tr", "detail");
    const cell = line.insertCell();
    // Hidden columns do not count: a wider cell would open empty ones.
    cell.colSpan = [...table.tHead.rows[0].cells].filter((one) => one.offsetParent).length;
    const inside = element("div", "detail-in");
    inside.append(factsOf(race, row));
    const splits = splitsOf(race, row);
    if (splits.some((one, i) => i > 0 && (one.at >= 0 || one.missed))) {
      inside.append(splitsTable(splits));
    }
    const picture = pacePicture(race, row, splits);
    if (picture) inside.append(picture);
    cell.append(inside);
    return line;
  };

  // --- the table -------------------------------------------------------------------------------
  let rows = [];
  const lineOf = (race, row) => {
    const { names, bibs } = listsOf(race);
    const division = valueAt(race.div, row), club = valueAt(race.club, row);
    const divisionText = division >= 0 ? race.divs[division] : "";
    const clubText = club >= 0 ? race.clubs[club] : "";
    const isOpen = bibs[row] === state.bib;
    const line = element("tr", isOpen ? "open" : "");
    const overall = valueAt(race.place, row);
    const first = line.insertCell();
    first.className = "pl";
    if (overall >= 0) {
      first.textContent = place(overall);
    } else {
      const status = data.statuses[valueAt(race.status, row)];
      const short = element("abbr", "", status[0]);
      short.title = status[1];
      first.append(short);
    }
    line.append(element("td", "bib", bibs[row]));
    const who = element("td", "who");
    const button = element("button");
    button.type = "button";
    button.dataset.bib = bibs[row];
    button.setAttribute("aria-expanded", String(isOpen));
    button.append(isolated(names[row]));
    const under = element("span", "under");
    under.append([bibs[row], divisionText].filter(Boolean).join(" \u00b7 "));
    if (clubText) under.append(" \u00b7 ", isolated(clubText));
    who.append(button, under);
    line.append(who, element("td", "dv", divisionText));
    const clubCell = element("td", "cl");
    if (clubText) clubCell.append(isolated(clubText));
    line.append(clubCell, element("td", "tm", official(valueAt(race.official, row), race.decimals)));
    line.append(element("td", "tm2",
      overall >= 0 ? official(valueAt(secondOf(race), row), race.decimals) : ""));
    return line;
  };
  const drawHead = (race) => {
    const named = {
      official: words["results." + race.rank],
      second: words[race.rank === "net" ? "results.gun" : "results.net"],
    };
    for (const cell of table.tHead.rows[0].cells) {
      const key = cell.dataset.sort;
      if (!key) continue;
      let button = cell.querySelector("button");
      if (!button) {
        button = element("button", "", cell.textContent);
        button.type = "button";
        cell.replaceChildren(button);
      }
      if (named[key]) button.textContent = named[key];
      if (key === state.sort) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    table.caption.textContent = said("caption-" + race.rank, { race: race.name });
  };
  const drawPages = () => {
    const pages = $("pages");
    const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
    const had = document.activeElement && document.activeElement.dataset.go;
    pages.replaceChildren();
    if (last === 0) return;
    const add = (word, target, go) => {
      const button = element("button", "", word);
      button.type = "button";
      button.dataset.go = go;
      button.disabled = target < 0 || target > last || target === state.page;
      button.addEventListener("click", () => { state.page = target; state.bib = ""; draw(); top(); });
      pages.append(button);
      if (had === go && !button.disabled) button.focus({ preventScroll: true });
    };
    add(said("first"), 0, "first");
    add(said("previous"), state.page - 1, "previous");
    pages.append(element("span", "",
      said("page", { from: grouped(state.page + 1), to: grouped(last + 1) })));
    add(said("next"), state.page + 1, "next");
    add(said("last"), last, "last");
  };
  const top = () => $("results").scrollIntoView({ block: "start", behavior: "instant" });
  const draw = () => {
    const race = data.races[state.race];
    rows = sorted(race, matching(race));
    state.page = Math.min(state.page, Math.max(0, Math.ceil(rows.length / PAGE) - 1));
    const from = state.page * PAGE;
    const part = document.createDocumentFragment();
    for (const row of rows.slice(from, from + PAGE)) {
      const line = lineOf(race, row);
      part.append(line);
      if (line.className === "open") part.append(detailOf(race, row));
    }
    body.replaceChildren(part);
    drawHead(race);
    drawPages();
    const entries = saidOf(rows.length === race.n ? "all-entries" : "entries", rows.length);
    const to = Math.min(rows.length, from + PAGE);
    $("count").textContent = rows.length === 0 ? said("none")
      : rows.length > PAGE ? said("part", { entries, from: grouped(from + 1), to: grouped(to) })
        : entries;
    writeAddress();
  };
  const fillControls = () => {
    const race = data.races[state.race];
    $("q").value = state.q;
    $("sex").value = state.sex;
    if ($("race")) $("race").value = race.id;
    const used = new Set();
    for (let row = 0; row < race.n; row++) used.add(valueAt(race.div, row));
    const options = [new Option(words["results.all"], "")];
    race.divs.forEach((name, i) => { if (used.has(i)) options.push(new Option(name, name)); });
    $("div").replaceChildren(...options);
    $("div").value = state.div;
    if ($("div").selectedIndex < 0) { state.div = ""; $("div").value = ""; }
    $("div").closest("label").hidden = options.length < 2;
    let sexes = 0;
    for (let row = 0; row < race.n; row++) sexes += valueAt(race.sex, row) >= 0;
    $("sex").closest("label").hidden = sexes === 0;
    table.classList.toggle("no-dv", options.length < 2);
    table.classList.toggle("no-cl", race.clubs.length === 0);
  };
  // Shows the runner whom the address names: the page of the list that holds the row, opened.
  const showBib = () => {
    const race = data.races[state.race];
    const row = listsOf(race).bibs.indexOf(state.bib);
    if (row < 0) return;
    const at = sorted(race, matching(race)).indexOf(row);
    if (at < 0) { // hidden by the filters: the person asked for outranks them
      Object.assign(state, { q: "", sex: "", div: "", sort: "place", down: false });
      state.page = Math.floor(row / PAGE);
      fillControls();
    } else {
      state.page = Math.floor(at / PAGE);
    }
    draw();
    const button = body.querySelector('button[aria-expanded="true"]');
    if (button) {
      button.closest("tr").scrollIntoView({ block: "start", behavior: "instant" });
      button.focus({ preventScroll: true });
    }
  };
  const follow = () => {
    if (!readAddress()) return;
    fillControls();
    if (state.bib) showBib();
    else draw();
    if (!state.bib && location.hash.includes("=")) top();
  };

  // --- events ----------------------------------------------------------------------------------
  let waiting = 0;
  const later = () => { // typing stays smooth over 60,000 rows
    clearTimeout(waiting);
    waiting = setTimeout(() => { state.page = 0; state.bib = ""; draw(); }, 120);
  };
  $("q").form.addEventListener("submit", (event) => event.preventDefault());
  $("q").addEventListener("input", () => { state.q = $("q").value; later(); });
  for (const key of ["sex", "div"]) {
    $(key).addEventListener("change", () => {
      state[key] = $(key).value; state.page = 0; state.bib = ""; draw();
    });
  }
  if ($("race")) {
    $("race").addEventListener("change", () => {
      state.race = data.races.findIndex((race) => race.id === $("race").value);
      Object.assign(state, { div: "", page: 0, bib: "" });
      fillControls();
      draw();
    });
  }
  table.tHead.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-sort]");
    if (!cell) return;
    state.down = state.sort === cell.dataset.sort && !state.down;
    state.sort = cell.dataset.sort;
    state.page = 0;
    draw();
  });
  body.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-bib]");
    if (!button) return;
    state.bib = state.bib === button.dataset.bib ? "" : button.dataset.bib;
    const bib = button.dataset.bib;
    const place_ = button.getBoundingClientRect().top;
    draw();
    // The row stays under the finger although one above it may have closed.
    const now = [...body.querySelectorAll("button[data-bib]")].find((one) => one.dataset.bib === bib);
    if (now) {
      scrollBy({ top: now.getBoundingClientRect().top - place_, behavior: "instant" });
      now.focus({ preventScroll: true });
    }
  });
  // Paper cannot be clicked: what is closed is opened for it, and closed again afterwards.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
    opened = [];
  });
  addEventListener("hashchange", follow);
  matchMedia("(max-width: 719px)").addEventListener("change", draw);

  // At the start: the address of a place on the page ("#winners") stays as it is until somebody
  // uses the table.
  const hash = location.hash;
  if (hash.includes("=")) {
    follow();
  } else {
    state.race = firstRace;
    fillControls();
    draw();
    if (hash) history.replaceState(null, "", hash);
  }
})();
