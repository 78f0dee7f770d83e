/* Maillage: the map that moves, over our own outlines. The page has a picture
 * and a list already; this takes the picture's place. Words come from the page. */
(function () {
	"use strict";
	var box = document.querySelector("[data-atlas]");
	if (!box || !window.L || !window.Supercluster)
		return;
	var L = window.L, data = box.dataset, E5 = 1e5, LINES = 40, RADIUS = 56;
	var picture = box.querySelector(".atlas-picture"), list = box.querySelector("[data-atlas-list]"),
		status = box.querySelector("[data-atlas-status]"), pages = box.querySelector("[data-atlas-pages]");
	var canvas = document.createElement("div");
	canvas.className = "atlas-live";

	var still = matchMedia("(prefers-reduced-motion: reduce)").matches;
	var map = L.map(canvas, {
		zoomControl: false, attributionControl: false, preferCanvas: true, minZoom: 5, maxZoom: 15, zoomSnap: .25,
		maxBounds: [[-30, -85], [62, 80]], zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
		inertia: !still
	});
	canvas.setAttribute("role", "region");
	canvas.setAttribute("aria-label", data.name);

	/* ---- the ground ---- */

	function colour(name) {
		return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
	}
	var styles = {
		abroad: function () { return { fillColor: colour("sunken"), fillOpacity: 1, stroke: false }; },
		land: function () { return { fillColor: colour("land"), fillOpacity: 1, color: colour("outline"), weight: 1 }; },
		limit: function () { return { fill: false, color: colour("ground"), weight: 1.5 }; },
		area: function (f) {
			return { fillColor: colour("k" + (steps[f.properties.code] || 0)), fillOpacity: data.tiles ? .75 : 1, color: colour("ground"), weight: .5 };
		}
	};
	var grounds = [], steps = {}, said = {}, renderer = L.canvas({ padding: .15 });
	function ground(file, style) {
		return fetch(data.base + "outlines/" + file + ".geojson").then(function (r) { return r.json(); }).then(function (g) {
			var layer = L.geoJSON(g, { style: style, interactive: style === styles.area, renderer: renderer, smoothFactor: style === styles.abroad ? 4 : 1.5 }).addTo(map);
			if (style === styles.area)
				layer.bindTooltip(function (l) { return said[l.feature.properties.code] || l.feature.properties.nom; }, { sticky: true });
			grounds.push([layer, style]);
		});
	}
	function repaint() {
		grounds.forEach(function (g) { g[0].setStyle(g[1]); });
	}
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

	/* ---- marks ---- */

	var marks = L.layerGroup(), arcs = L.layerGroup(), names = L.layerGroup();
	var index = null, points = [], near = [], loaded = null, clustered = false, shown = {}, byRef = {}, towns = [], asked = null, threadsDrawn = false;

	function shape(dominant) {
		if (dominant === "workshop" || dominant === "farm")
			return '<rect class="mark" x="-12" y="-12" width="24" height="24" rx="4"/>';
		if (dominant === "culture" || dominant === "food")
			return '<path class="mark" d="M0-15 15 0 0 15-15 0z"/>';
		return '<circle class="mark" r="12"/>';
	}
	function icon(inner, text, size) {
		return L.divIcon({
			className: "atlas-mark", iconSize: [size, size],
			html: '<svg class="map" viewBox="' + -size / 2 + " " + -size / 2 + " " + size + " " + size + '" aria-hidden="true">' +
				inner + '<text class="mark-n" y="4">' + text + "</text></svg>"
		});
	}
	function name(marker, label, role) {
		var el = marker.getElement();
		if (!el)
			return;
		el.setAttribute("role", role);
		el.setAttribute("aria-label", label);
		el.removeAttribute("title");
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
	function place(p, rank) {
		var m = L.marker([p.lat_e5 / E5, p.lon_e5 / E5], { icon: icon(shape(p.dominant), rank || "", 34), keyboard: true, riseOnHover: true });
		m.bindPopup(function () { return popup(p); }, { autoPanPadding: [20, 20] });
		m.on("popupopen", function (e) { e.popup.getElement().querySelector("a[href^='/places/']").focus(); });
		m.on("popupclose", function (e) {
			var at = document.activeElement, el = m.getElement();
			if (el && (at === document.body || e.popup.getElement().contains(at)))
				el.focus();
		});
		m.on("mouseover", function () { light(p.pub, true); });
		m.on("mouseout", function () { light(p.pub, false); });
		m.on("add", function () {
			var el = m.getElement();
			name(m, (rank ? rank + ". " : "") + p.name + (p.city ? ", " + p.city : ""), "button");
			el.dataset.ref = p.pub;
			byRef[p.pub] = m;
			el.addEventListener("focus", function () { light(p.pub, true); });
			el.addEventListener("blur", function () { light(p.pub, false); });
		});
		return m;
	}
	function cluster(lat, lon, n, to) {
		var size = n < 10 ? 36 : n < 100 ? 42 : n < 1000 ? 50 : 58;
		var m = L.marker([lat, lon], { icon: icon('<circle class="cluster-halo" r="' + (size / 2 - 1) + '"/><circle class="mark mark--on" r="' + (size / 2 - 5) + '"/>', n, size), keyboard: true });
		m.on("add", function () {
			name(m, data.many.replace("#1", n), "button");
			m.getElement().classList.add("atlas-cluster");
		});
		function enter() { map.setView([lat, lon], to(), { animate: !still }); }
		m.on("click", enter);
		m.on("keypress", function (e) {
			if (e.originalEvent.key !== "Enter")
				return;
			canvas.focus(); /* the mark is about to part */
			enter();
		});
		return m;
	}

	/* What stays is left alone: the focus stays on it, and little is drawn anew. */
	function show(wanted) {
		var key;
		for (key in shown)
			if (!wanted[key]) {
				marks.removeLayer(shown[key]);
				delete shown[key];
			}
		for (key in wanted)
			if (!shown[key])
				marks.addLayer(shown[key] = wanted[key]());
	}
	function bounds() {
		var b = map.getBounds();
		return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
	}
	function ranks() {
		var b = map.getBounds(), c = map.getCenter();
		var inside = points.filter(function (p) { return b.contains([p.lat_e5 / E5, p.lon_e5 / E5]); });
		function far(p) {
			var y = p.lat_e5 / E5 - c.lat, x = (p.lon_e5 / E5 - c.lng) * .69;
			return x * x + y * y;
		}
		inside.forEach(function (p) { p.far = far(p); });
		inside.sort(function (p, q) { return p.far - q.far; });
		return inside;
	}
	/* Over colours that say how many, a place is a dot. */
	function dots() {
		arcs.clearLayers();
		points.forEach(function (p) {
			arcs.addLayer(L.circleMarker([p.lat_e5 / E5, p.lon_e5 / E5], {
				radius: p.n ? Math.min(9, 3 + Math.log(p.n)) : 3, weight: 1.5, color: colour("ink"), fillColor: colour("surface"),
				fillOpacity: 1, interactive: false, renderer: renderer
			}));
		});
	}
	function draw() {
		var wanted = {}, rank = {}, inside = clustered ? [] : ranks(), zoom = Math.round(map.getZoom());
		inside.slice(0, LINES).forEach(function (p, i) { rank[p.pub] = i + 1; });
		if (clustered)
			inside = near.filter(function (p) { return map.getBounds().contains([p.lat_e5 / E5, p.lon_e5 / E5]); });
		if (data.layer === "density")
			dots();
		else if (clustered)
			points.forEach(function (k) {
				var lat = k.lat_e5 / E5, lon = k.lon_e5 / E5;
				wanted["b" + k.n + "/" + k.lat_e5 + "/" + k.lon_e5] = function () {
					return cluster(lat, lon, k.n, function () { return map.getZoom() + 2; });
				};
			});
		else if (index)
			index.getClusters(bounds(), zoom).forEach(function (f) {
				var at = f.geometry.coordinates, q = f.properties;
				if (q.cluster)
					wanted["c" + q.cluster_id] = function () {
						return cluster(at[1], at[0], q.point_count, function () {
							return Math.min(15, index.getClusterExpansionZoom(q.cluster_id));
						});
					};
				else
					wanted["p" + q.p.pub + (rank[q.p.pub] || "")] = function () { return place(q.p, rank[q.p.pub]); };
			});
		show(wanted);
		label();
		lines(inside);
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

	function line(p, rank) {
		var li = document.createElement("li"), n = document.createElement("span"), d = document.createElement("div"),
			a = document.createElement("a"), s = document.createElement("span");
		li.className = "atlas-line";
		li.dataset.ref = p.pub;
		n.className = "atlas-n" + (p.dominant === "workshop" || p.dominant === "farm" ? " atlas-n--s" :
			p.dominant === "culture" || p.dominant === "food" ? " atlas-n--d" : "");
		n.textContent = rank;
		a.className = "title-link";
		a.href = "/places/" + p.pub;
		a.textContent = p.name;
		s.className = "sub-line";
		s.textContent = (p.city || "") + (p.departement ? " (" + p.departement + ")" : "") + (p.cae ? " · " + data.linked : "");
		d.appendChild(a);
		d.appendChild(s);
		li.appendChild(n);
		li.appendChild(d);
		return li;
	}
	/* As many as the boxes on the map hold. */
	function total() {
		var b = map.getBounds();
		return points.reduce(function (n, k) { return b.contains([k.lat_e5 / E5, k.lon_e5 / E5]) ? n + k.n : n; }, 0);
	}
	function lines(inside) {
		if (!list || list.contains(document.activeElement))
			return;
		var some = document.createDocumentFragment();
		inside.slice(0, LINES).forEach(function (p, i) { some.appendChild(line(p, i + 1)); });
		list.replaceChildren(some);
		if (pages)
			pages.hidden = true;
		if (status)
			status.textContent = data.shown.replace("#1", clustered ? total() : inside.length).replace("#2", Math.min(LINES, inside.length));
	}
	if (list)
		["pointerover", "pointerout", "focusin", "focusout"].forEach(function (type) {
			list.addEventListener(type, function (e) {
				var li = e.target.closest("[data-ref]");
				if (li)
					light(li.dataset.ref, type === "pointerover" || type === "focusin");
			});
		});

	/* ---- what is asked from the server ---- */

	function take(answer) {
		clustered = answer.clustered;
		points = clustered ? answer.clusters : answer.places;
		near = clustered ? answer.near : [];
		index = null;
		if (!clustered) {
			index = new window.Supercluster({ radius: RADIUS, maxZoom: 14 });
			index.load(points.map(function (p) {
				return { type: "Feature", geometry: { type: "Point", coordinates: [p.lon_e5 / E5, p.lat_e5 / E5] }, properties: { p: p } };
			}));
		}
		names.clearLayers();
		towns = [];
		(answer.towns || []).forEach(function (t) {
			var i = L.divIcon({ className: "atlas-town", html: "", iconSize: null, iconAnchor: [0, 8] });
			var m = L.marker([t.lat_e5 / E5, t.lon_e5 / E5], { icon: i, interactive: false, keyboard: false, pane: "overlayPane" });
			m.on("add", function () {
				m.getElement().textContent = t.name;
				m.getElement().setAttribute("aria-hidden", "true");
			});
			m.letters = t.name.length;
			towns.push(m);
		});
		(answer.threads || []).forEach(thread);
		(answer.densities || []).forEach(function (d) {
			steps[d.code] = d.step;
			said[d.code] = document.createElement("span");
			said[d.code].textContent = d.name + " : " + (d.places && d.people ? d.people.toLocaleString(document.documentElement.lang) : "–");
		});
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
	function ask() {
		var b = map.getBounds().pad(.5), zoom = Math.round(map.getZoom());
		if (loaded && loaded.bounds.contains(map.getBounds()) && (!clustered || loaded.zoom === zoom))
			return draw();
		if (asked)
			asked.abort();
		asked = new AbortController();
		var query = data.query + "&south=" + Math.round(Math.max(-90, b.getSouth()) * E5) + "&north=" + Math.round(Math.min(90, b.getNorth()) * E5) +
			"&west=" + Math.round(Math.max(-180, b.getWest()) * E5) + "&east=" + Math.round(Math.min(180, b.getEast()) * E5) + "&zoom=" + zoom;
		return fetch("/api/v1/map?" + query, { signal: asked.signal, headers: { Accept: "application/json" } })
			.then(function (r) { return r.ok ? r.json() : Promise.reject(r.status); })
			.then(function (answer) {
				loaded = { bounds: b, zoom: zoom };
				take(answer);
				box.dataset.ready = "1";
			}).catch(function (e) { if (e && e.name !== "AbortError") throw e; });
	}

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
	var first = ask();
	function areas() {
		return ground({ region: "regions", departement: "departements", epci: "epci" }[data.level] || "regions", styles.area)
			.then(function () { return ground("regions", styles.limit); });
	}
	(data.tiles ? Promise.resolve() : ground("abroad", styles.abroad)).then(function () { return first; }).then(function () {
		if (data.layer === "density")
			return areas();
		return data.tiles ? null : ground("departements", styles.land);
	}).then(function () { arcs.eachLayer(function (a) { a.bringToFront(); }); });
})();
