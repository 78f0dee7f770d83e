/* Maillage: the map that moves, over our own outlines. The page has a picture
 * and a list already; this takes the picture's place. Words come from the page.
 * What is worked out of the places is map-worker.js's; what is drawn is drawn a
 * few milliseconds a frame. */
(function () {
	"use strict";
	var box = document.querySelector("[data-atlas]");
	if (!box || !window.L || !window.Worker)
		return;
	var L = window.L, data = box.dataset, E5 = 1e5, LINES = 40;
	var picture = box.querySelector(".atlas-picture"), list = box.querySelector("[data-atlas-list]"),
		status = box.querySelector("[data-atlas-status]"), pages = box.querySelector("[data-atlas-pages]");
	var canvas = document.createElement("div");
	canvas.className = "atlas-live";

	var still = matchMedia("(prefers-reduced-motion: reduce)").matches;
	var map = L.map(canvas, {
		zoomControl: false, attributionControl: false, preferCanvas: true, minZoom: 5, maxZoom: 15, zoomSnap: .25,
		maxBounds: [[-30, -85], [62, 80]], zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: false,
		inertia: !still
	});
	canvas.setAttribute("role", "region");
	canvas.setAttribute("aria-label", data.name);

	/* ---- work in small parts ---- */

	/* Each of `queue` is done in turn, five milliseconds a frame; a new queue takes the place of the old one. */
	var queue = [], working = false;
	function work() {
		var begun = performance.now();
		working = false;
		while (queue.length && performance.now() - begun < 5)
			queue.shift()();
		if (queue.length)
			later();
	}
	function later() {
		if (!working)
			requestAnimationFrame(work);
		working = true;
	}
	function instead(jobs) {
		queue = jobs;
		later();
	}

	/* ---- the ground ---- */

	function colour(name) {
		return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
	}
	/* Outlines are put into paths once, around a middle so that single precision
	 * holds; a frame only says where they go. What is drawn reaches beyond the part
	 * looked at, and is drawn anew when that comes near its edge. */
	var MIDDLE = L.CRS.EPSG3857.latLngToPoint(L.latLng(47, 2), 0);
	var Ground = L.Renderer.extend({
		options: { pane: "ground", padding: .3 },
		_initContainer: function () {
			this._container = document.createElement("canvas");
			this._sheets = this._sheets || [];
		},
		_destroyContainer: function () { this._container.remove(); },
		_reset: function () {
			this._bounds = null;
			L.Renderer.prototype._reset.call(this);
		},
		_far: function (by) {
			var m = this._map, size = m.getSize(), min = m.containerPointToLayerPoint(size.multiplyBy(-by));
			return !this._bounds || this._zoom !== m.getZoom() ||
				!this._bounds.contains(L.bounds(min, min.add(size.multiplyBy(1 + 2 * by))));
		},
		_update: function () {
			if (this._map._animatingZoom && this._bounds)
				return;
			if (this._far(.02))
				this.redraw();
			else if (this._far(.15))
				(window.requestIdleCallback || setTimeout)(function () {
					if (this._map && !this._map._animatingZoom && this._far(.15))
						this.redraw();
				}.bind(this));
		},
		redraw: function () {
			L.Renderer.prototype._update.call(this);
			var size = this._bounds.getSize(), el = this._container, m = L.Browser.retina ? 2 : 1, g = el.getContext("2d");
			L.DomUtil.setPosition(el, this._bounds.min);
			if (el.width !== m * size.x || el.height !== m * size.y) {
				el.width = m * size.x;
				el.height = m * size.y;
				el.style.width = size.x + "px";
				el.style.height = size.y + "px";
			} else {
				g.setTransform(1, 0, 0, 1, 0, 0);
				g.clearRect(0, 0, el.width, el.height);
			}
			var scale = Math.pow(2, this._zoom), corner = this._map.getPixelOrigin().add(this._bounds.min);
			var view = { scale: scale, x: MIDDLE.x * scale - corner.x, y: MIDDLE.y * scale - corner.y, size: size, context: g, ratio: m };
			this._sheets.forEach(function (sheet) { sheet(view); });
		},
		sheet: function (draw) {
			this._sheets.push(draw);
			this.redraw();
		}
	});
	function seen(v, b) {
		return b.max.x * v.scale + v.x > -2 && b.min.x * v.scale + v.x < v.size.x + 2 &&
			b.max.y * v.scale + v.y > -2 && b.min.y * v.scale + v.y < v.size.y + 2;
	}
	function at(lat, lon) {
		return L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0).subtract(MIDDLE);
	}
	/* Points nearer to one another than `least`, in units of the world at zoom 0, are one. */
	function path_of(feature, least) {
		var rings = feature.geometry.type === "Polygon" ? feature.geometry.coordinates : feature.geometry.coordinates.flat();
		var path = new Path2D(), bounds = L.bounds([]);
		rings.forEach(function (ring) {
			var points = L.LineUtil.simplify(ring.map(function (c) { return at(c[1], c[0]); }), least);
			if (points.length < 4 && least > 0)
				points = ring.map(function (c) { return at(c[1], c[0]); });
			points.forEach(function (p, i) {
				bounds.extend(p);
				path[i ? "lineTo" : "moveTo"](p.x, p.y);
			});
			path.closePath();
		});
		return { path: path, bounds: bounds };
	}
	/* Half a pixel is left out at zoom 6, and at zoom 9; from there on nothing is. */
	var LEVELS = [[7, .5 / 64], [10, .5 / 512], [99, 0]];
	function outlines(g, fill, line) {
		var made = {};
		return function (v) {
			var zoom = Math.log2(v.scale), level = LEVELS.find(function (l) { return zoom <= l[0]; });
			var paths = made[level[0]] = made[level[0]] || g.features.map(function (f) { return path_of(f, level[1]); });
			var c = v.context, k = v.ratio * v.scale;
			c.setTransform(k, 0, 0, k, v.ratio * v.x, v.ratio * v.y);
			c.fillStyle = colour(fill);
			c.strokeStyle = line ? colour(line) : "";
			c.lineWidth = 1 / v.scale;
			c.lineJoin = "round";
			paths.forEach(function (p) {
				if (!seen(v, p.bounds))
					return;
				c.fill(p.path, "evenodd");
				if (line)
					c.stroke(p.path);
			});
		};
	}
	function outline_file(file) {
		return fetch(data.base + "outlines/" + file + ".geojson").then(function (r) { return r.json(); });
	}
	map.createPane("ground").style.zIndex = 150;
	map.createPane("dots").style.zIndex = 450;
	var land = new Ground(), grounds = [], steps = {}, said = {}, renderer = L.canvas({ padding: .15 });
	function ground(file, fill, line) {
		return outline_file(file).then(function (g) { land.sheet(outlines(g, fill, line)); });
	}
	var styles = {
		limit: function () { return { fill: false, color: colour("ground"), weight: 1.5 }; },
		area: function (f) {
			return { fillColor: colour("k" + (steps[f.properties.code] || 0)), fillOpacity: data.tiles ? .75 : 1, color: colour("ground"), weight: .5 };
		}
	};
	function area(file, style) {
		return outline_file(file).then(function (g) {
			var layer = L.geoJSON(g, { style: style, interactive: style === styles.area, renderer: renderer, smoothFactor: 1.5 }).addTo(map);
			if (style === styles.area)
				layer.bindTooltip(function (l) { return said[l.feature.properties.code] || l.feature.properties.nom; }, { sticky: true });
			grounds.push([layer, style]);
		});
	}
	function repaint() {
		grounds.forEach(function (g) { g[0].setStyle(g[1]); });
		land.redraw();
		if (dotted)
			dotted.redraw();
	}
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

	/* Over colours that say how many, a place is a dot. `three`: latitude, longitude, size of each. */
	var dotted = null, dot_points = [];
	function dots(three) {
		dot_points = [];
		for (var i = 0; i < three.length; i += 3)
			dot_points.push([at(three[i], three[i + 1]), three[i + 2]]);
		if (dotted)
			return dotted.redraw();
		dotted = new Ground({ pane: "dots" });
		dotted.addTo(map).sheet(function (v) {
			var c = v.context;
			c.setTransform(v.ratio, 0, 0, v.ratio, 0, 0);
			c.strokeStyle = colour("ink");
			c.fillStyle = colour("surface");
			c.lineWidth = 1.5;
			dot_points.forEach(function (d) {
				var x = d[0].x * v.scale + v.x, y = d[0].y * v.scale + v.y;
				if (x < -9 || y < -9 || x > v.size.x + 9 || y > v.size.y + 9)
					return;
				c.beginPath();
				c.arc(x, y, d[1], 0, 2 * Math.PI);
				c.fill();
				c.stroke();
			});
		});
	}

	/* ---- marks ---- */

	var marks = L.featureGroup(), arcs = L.layerGroup(), names = L.layerGroup();
	var loaded = null, wanted = 0, viewed = 0, clustered = false, shown = {}, byRef = {}, towns = [], threadsDrawn = false;
	var worker = new Worker(data.base + "map-worker.js");

	/* One element of ours at a corner's distance: those that Leaflet moves by a
	 * transform each have a layer of their own, which a frame pays for. */
	var Mark = L.Marker.extend({
		options: { autoPanOnFocus: false },
		_setPos: function (at) {
			this._icon.style.left = at.x + "px";
			this._icon.style.top = at.y + "px";
			this._zIndex = at.y;
			this._resetZIndex();
		}
	});
	var Shape = L.Icon.extend({
		options: { iconSize: [34, 34] },
		createIcon: function () {
			var el = document.createElement("div");
			el.textContent = this.options.text;
			this._setIconStyles(el, "icon");
			return el;
		},
		createShadow: function () { return null; }
	});
	function kind(dominant) {
		return dominant === "workshop" || dominant === "farm" ? "atlas-mark--s" : dominant === "culture" || dominant === "food" ? "atlas-mark--d" : "atlas-mark--o";
	}
	function light(ref, on) {
		var line = list && list.querySelector('[data-ref="' + ref + '"]'), m = byRef[ref];
		if (line)
			line.classList.toggle("is-lit", on);
		if (m && m.getElement())
			m.getElement().classList.toggle("is-lit", on);
	}
	function popup(p) {
		var d = document.createElement("div"), b = document.createElement("b"), a = document.createElement("a");
		b.textContent = p.name;
		d.appendChild(b);
		if (p.city) {
			var s = document.createElement("p");
			s.textContent = p.city;
			d.appendChild(s);
		}
		a.href = "/places/" + p.pub;
		a.textContent = data.open;
		d.appendChild(a);
		return d;
	}
	function put(w) {
		var many = w.n ? (w.n < 10 ? 36 : w.n < 100 ? 42 : w.n < 1000 ? 50 : 58) : 34;
		var m = new Mark([w.lat, w.lon], {
			icon: new Shape({ className: "atlas-mark " + (w.n ? "atlas-cluster" : kind(w.place.dominant)), iconSize: [many, many], text: w.n || w.rank || "" })
		});
		m.is = w;
		marks.addLayer(m);
		shown[w.key] = m;
		if (!w.n)
			byRef[w.place.pub] = m;
		say(m);
	}
	function say(m) {
		var el = m.getElement(), w = m.is, p = w.place;
		if (!p)
			return el.setAttribute("aria-label", data.many.replace("#1", w.n));
		el.textContent = w.rank || "";
		el.dataset.ref = p.pub;
		el.setAttribute("aria-label", (w.rank ? w.rank + ". " : "") + p.name + (p.city ? ", " + p.city : ""));
	}
	function take_away(key) {
		var m = shown[key];
		if (!m)
			return;
		if (m.is.place)
			delete byRef[m.is.place.pub];
		marks.removeLayer(m);
		delete shown[key];
	}
	function nearer(m) {
		map.setView(m.getLatLng(), m.is.to ? Math.min(15, m.is.to) : map.getZoom() + 2, { animate: !still });
	}
	marks.on("click keypress", function (e) {
		var m = e.propagatedFrom || e.layer, key = e.originalEvent && e.originalEvent.key;
		if (!m || !m.is || (e.type === "keypress" && key !== "Enter"))
			return;
		if (m.is.n) {
			if (e.type === "keypress")
				canvas.focus(); /* the mark is about to part */
			return nearer(m);
		}
		if (!m.getPopup())
			m.bindPopup(popup(m.is.place), { autoPanPadding: [20, 20] }).off({ click: m._openPopup, keypress: m._onKeyPress });
		m.togglePopup();
	});
	marks.on("popupopen", function (e) { e.popup.getElement().querySelector("a[href^='/places/']").focus(); });
	marks.on("popupclose", function (e) {
		var on = document.activeElement, m = e.propagatedFrom || e.layer, el = m.getElement();
		if (el && (on === document.body || e.popup.getElement().contains(on)))
			el.focus();
	});

	/* What stays is left alone: the focus stays on it, and little is drawn anew. */
	function show(seen) {
		var jobs = [], keep = {};
		seen.marks.forEach(function (w) { keep[w.key] = true; });
		Object.keys(shown).forEach(function (key) {
			if (!keep[key])
				jobs.push(function () { take_away(key); });
		});
		seen.marks.forEach(function (w) {
			var m = shown[w.key];
			if (!m)
				return jobs.push(function () { put(w); });
			if (m.is.rank !== w.rank)
				jobs.push(function () { say(m); });
			m.is = w;
		});
		jobs.push(label);
		instead(jobs.concat(lines(seen), function () { box.dataset.ready = "1"; }));
	}
	function corners(b) {
		return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
	}
	function draw() {
		worker.postMessage({
			id: ++viewed, seen: corners(map.getBounds()), wide: corners(map.getBounds().pad(.25)), zoom: Math.round(map.getZoom()),
			dots: data.layer === "density"
		});
	}

	/* Towns by size, where neither a mark nor another name stands. */
	function label() {
		var taken = [], key;
		function box(at, left, right) {
			var p = map.latLngToContainerPoint(at);
			return [p.x + left, p.y - 16, p.x + right, p.y + 16];
		}
		for (key in shown)
			taken.push(box(shown[key].getLatLng(), -18, 18));
		towns.forEach(function (m) {
			var b = box(m.getLatLng(), -2, 8 + m.letters * 7.5);
			var free = taken.every(function (t) { return b[2] < t[0] || b[0] > t[2] || b[3] < t[1] || b[1] > t[3]; });
			if (free)
				taken.push(b);
			if (free !== names.hasLayer(m))
				names[free ? "addLayer" : "removeLayer"](m);
		});
	}

	/* ---- the list follows the map ---- */

	function line() {
		var li = document.createElement("li");
		li.className = "atlas-line";
		li.innerHTML = '<span class="atlas-n"></span><div><a class="title-link"></a><span class="sub-line"></span></div>';
		return li;
	}
	function fill(li, p, rank) {
		var n = li.firstChild, a = n.nextSibling.firstChild;
		li.dataset.ref = p.pub;
		li.classList.remove("is-lit");
		n.className = "atlas-n" + (p.dominant === "workshop" || p.dominant === "farm" ? " atlas-n--s" :
			p.dominant === "culture" || p.dominant === "food" ? " atlas-n--d" : "");
		n.textContent = rank;
		a.href = "/places/" + p.pub;
		a.textContent = p.name;
		a.nextSibling.textContent = (p.city || "") + (p.departement ? " (" + p.departement + ")" : "") + (p.cae ? " · " + data.linked : "");
	}
	/* The lines are ours once the first is filled; before, they are the page's. */
	var ours = [];
	function lines(seen) {
		var n = seen.lines.length;
		if (!list || list.contains(document.activeElement))
			return [];
		var jobs = seen.lines.map(function (p, i) {
			return function () {
				if (!ours.length)
					list.replaceChildren();
				ours[i] = ours[i] || line();
				if (ours[i].dataset.ref !== p.pub || ours[i].firstChild.textContent !== String(i + 1))
					fill(ours[i], p, i + 1);
				if (!ours[i].parentNode)
					list.appendChild(ours[i]);
			};
		});
		jobs.push(function () {
			if (!n)
				list.replaceChildren();
			ours.slice(n).forEach(function (li) { li.remove(); });
			if (pages)
				pages.hidden = true;
			if (status)
				status.textContent = data.shown.replace("#1", seen.n).replace("#2", n);
		});
		return jobs;
	}
	if (list)
		["pointerover", "pointerout", "focusin", "focusout"].forEach(function (type) {
			list.addEventListener(type, function (e) {
				var li = e.target.closest("[data-ref]");
				if (li)
					light(li.dataset.ref, type === "pointerover" || type === "focusin");
			});
		});
	["pointerover", "pointerout", "focusin", "focusout"].forEach(function (type) {
		canvas.addEventListener(type, function (e) {
			var el = e.target.closest(".atlas-mark[data-ref]"), m = el && byRef[el.dataset.ref];
			if (!m)
				return;
			light(el.dataset.ref, type === "pointerover" || type === "focusin");
			if (type === "focusin")
				map.panInside(m.getLatLng(), { padding: [34, 34] });
		});
	});

	/* ---- what is asked from the server ---- */

	function take(answer) {
		clustered = answer.clustered;
		names.clearLayers();
		towns = answer.towns.map(function (t) {
			var m = new Mark([t.lat_e5 / E5, t.lon_e5 / E5], {
				icon: new Shape({ className: "atlas-town", text: t.name, iconSize: null, iconAnchor: [0, 8] }), interactive: false, keyboard: false, pane: "overlayPane"
			});
			m.letters = t.name.length;
			return m;
		});
		answer.threads.forEach(thread);
		answer.densities.forEach(function (d) {
			steps[d.code] = d.step;
			said[d.code] = document.createElement("span");
			said[d.code].textContent = d.name + " : " + (d.places && d.people ? d.people.toLocaleString(document.documentElement.lang) : "–");
		});
		if (answer.dots)
			dots(answer.dots);
		draw();
	}
	function thread(t, i) {
		if (threadsDrawn && i === 0)
			arcs.clearLayers();
		threadsDrawn = true;
		var a = [t.lat_e5 / E5, t.lon_e5 / E5], b = [t.to_lat_e5 / E5, t.to_lon_e5 / E5], line = [];
		var y = b[0] - a[0], x = b[1] - a[1], top = [(a[0] + b[0]) / 2 - x * .14, (a[1] + b[1]) / 2 + y * .26];
		for (var s = 0; s <= 1.001; s += 1 / 16)
			line.push([(1 - s) * (1 - s) * a[0] + 2 * s * (1 - s) * top[0] + s * s * b[0],
				(1 - s) * (1 - s) * a[1] + 2 * s * (1 - s) * top[1] + s * s * b[1]]);
		arcs.addLayer(L.polyline(line, { color: colour("thread"), weight: 2, interactive: false, renderer: renderer }));
	}
	var first = { resolve: null };
	first.done = new Promise(function (resolve) { first.resolve = resolve; });
	function ask() {
		var b = map.getBounds().pad(.5), zoom = Math.round(map.getZoom());
		if (loaded && loaded.bounds.contains(map.getBounds()) && (!clustered || loaded.zoom === zoom))
			return draw();
		wanted = { id: wanted ? wanted.id + 1 : 1, bounds: b, zoom: zoom };
		worker.postMessage({
			id: wanted.id, zoom: zoom, dots: data.layer === "density",
			url: "/api/v1/map?" + data.query + "&south=" + Math.round(Math.max(-90, b.getSouth()) * E5) + "&north=" + Math.round(Math.min(90, b.getNorth()) * E5) +
				"&west=" + Math.round(Math.max(-180, b.getWest()) * E5) + "&east=" + Math.round(Math.min(180, b.getEast()) * E5) + "&zoom=" + zoom
		});
	}
	worker.onmessage = function (e) {
		var said = e.data;
		if (said.loaded && said.loaded === wanted.id) {
			loaded = wanted;
			take(said);
			first.resolve();
		} else if (said.view && said.view === viewed) {
			show(said.seen);
		}
	};

	/* ---- controls ---- */

	function button(label, sign, by) {
		var b = document.createElement("button");
		b.type = "button";
		b.textContent = sign;
		b.setAttribute("aria-label", label);
		b.addEventListener("click", function () { map.setZoom(map.getZoom() + by, { animate: !still }); });
		return b;
	}
	var zooms = document.createElement("div");
	zooms.className = "atlas-zoom";
	zooms.appendChild(button(data.in, "+", 1));
	zooms.appendChild(button(data.out, "−", -1));

	/* Where one was looking, when a choice loads the page again. */
	function remember() {
		var c = map.getCenter();
		try { sessionStorage.setItem("atlas", [c.lat, c.lng, map.getZoom()].join(" ")); } catch (e) { /* not kept */ }
	}
	function recall() {
		try {
			var v = (sessionStorage.getItem("atlas") || "").split(" ").map(Number);
			return document.referrer.indexOf(location.origin + "/map") === 0 && v.length === 3 && v.every(isFinite) ? v : null;
		} catch (e) { return null; }
	}

	/* From a mark too, the arrows move the map and Escape closes what it said. */
	canvas.addEventListener("keydown", function (e) {
		var by = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] }[e.key];
		if (e.key === "Escape")
			map.closePopup();
		else if (by && e.target !== canvas && !e.altKey && !e.ctrlKey && !e.metaKey) {
			e.preventDefault();
			map.panBy(by, { animate: false });
		}
	});

	picture.replaceWith(canvas);
	box.querySelector(".atlas-map").insertBefore(zooms, canvas);
	var before = recall();
	if (before)
		map.setView([before[0], before[1]], before[2]);
	else
		map.fitBounds([[41.4, -4.9], [51.1, 9.5]]);
	if (data.tiles && /\.pmtiles$/.test(data.tiles)) {
		if (window.pmtiles)
			window.pmtiles.leafletRasterLayer(new window.pmtiles.PMTiles(data.tiles), {}).addTo(map);
	} else if (data.tiles) {
		L.tileLayer(data.tiles, { maxZoom: 19 }).addTo(map);
	}
	land.addTo(map);
	names.addTo(map);
	arcs.addTo(map);
	marks.addTo(map);
	var timer = 0;
	map.on("moveend", function () {
		clearTimeout(timer);
		timer = setTimeout(ask, 120);
		remember();
	});
	new ResizeObserver(function () { map.invalidateSize({ pan: false }); }).observe(canvas);
	ask();
	function areas() {
		return area({ region: "regions", departement: "departements", epci: "epci" }[data.level] || "regions", styles.area)
			.then(function () { return area("regions", styles.limit); });
	}
	(data.tiles ? Promise.resolve() : ground("abroad", "sunken")).then(function () { return first.done; }).then(function () {
		if (data.layer === "density")
			return areas();
		return data.tiles ? null : ground("departements", "land", "outline");
	}).then(function () { arcs.eachLayer(function (a) { a.bringToFront(); }); });
})();
