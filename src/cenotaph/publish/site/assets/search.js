/* Search by name, from files beside this one. Without it the alphabetical list does the same. */
"use strict";
(function () {
  var box = document.getElementById("search");
  if (!box) return;
  var input = box.querySelector("input");
  var list = box.querySelector("ol");
  var said = box.querySelector("[role=status]");
  var words = box.dataset;
  var index = null, loaded = {}, waiting = {}, SHOWN = 50;

  window.cenotaphIndex = function (parts) {
    index = { shards: {}, letters: parts.letters, sounds: parts.sounds };
    parts.shards.split(" ").forEach(function (item) {
      var at = item.split(":");
      if (at[1]) index.shards[at[0]] = { total: parseInt(at[1], 10), divided: at[1].slice(-1) === "+" };
    });
    find();
  };
  window.cenotaph = function (start, lines) {
    loaded[start] = lines ? lines.split("\n").map(function (line) { return line.split("\t"); }) : [];
    find();
  };

  function load(file) {
    if (waiting[file]) return;
    waiting[file] = true;
    var script = document.createElement("script");
    script.src = words.root + file;
    script.onerror = function () { delete waiting[file]; said.textContent = words.failed; };
    document.head.appendChild(script);
  }
  function fold(piece) {
    var letters = "";
    Array.from(piece).forEach(function (letter) {
      letters += /[a-z0-9]/.test(letter) ? letter : (index.letters[letter] || "");
    });
    index.sounds.forEach(function (pair) { letters = letters.split(pair[0]).join(pair[1]); });
    return letters.replace(/(.)\1+/g, "$1");
  }
  function shardOf(part) {
    for (var n = part.length; n >= 1; n--) {
      var shard = index.shards[part.slice(0, n)];
      if (shard) return { start: part.slice(0, n), total: shard.total, divided: shard.divided };
    }
    return null;
  }
  function find() {
    if (!index) return load("search/index.js");
    var parts = input.value.normalize("NFKD").toLowerCase().replace(/-/g, " ").split(/\s+/).map(fold)
      .filter(function (part) { return part.length > 1; });
    if (!parts.length) { show([], ""); return; }
    var best = null;
    for (var i = 0; i < parts.length; i++) {
      var shard = shardOf(parts[i]);
      /* A divided shard without a division for the next letter: nobody has such a name. */
      if (!shard || (shard.divided && shard.start.length < parts[i].length)) return show([], words.none);
      if (!best || (best.divided && !shard.divided) || (best.divided === shard.divided && shard.total < best.total)) best = shard;
    }
    var rows = loaded[best.start];
    if (!rows) return load("search/" + best.start.charAt(0) + "/" + best.start + ".js");
    var found = rows.filter(function (row) {
      var own = row[0].split(" ");
      return parts.every(function (part) { return own.some(function (word) { return word.indexOf(part) === 0; }); });
    });
    var total = best.divided && parts.length === 1 ? best.total : found.length;
    var message = !total ? words.none : (total > Math.min(found.length, SHOWN) ? words.more : words.found);
    show(found.slice(0, SHOWN), message.replace("{n}", total.toLocaleString(document.documentElement.lang)).replace("{m}", Math.min(found.length, SHOWN)));
  }
  function show(rows, message) {
    said.textContent = message;
    list.textContent = "";
    rows.forEach(function (row) {
      var item = document.createElement("li"), link = document.createElement("a"), name = document.createElement("bdi");
      name.textContent = row[1];
      link.href = row[2].slice(0, 2) + "/" + row[2] + ".html";
      link.appendChild(name);
      item.appendChild(link);
      if (row[3]) item.appendChild(document.createTextNode(" " + row[3]));
      list.appendChild(item);
    });
  }
  box.hidden = false;
  input.addEventListener("input", find);
  input.addEventListener("focus", find);
})();
