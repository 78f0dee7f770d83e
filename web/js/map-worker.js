/* Maillage: what the map that moves works out beside the page, so that no frame
 * waits for it: what the server answers, which marks stand in a part looked at,
 * which lines the list has. map.js asks and draws. */
(function () {
	"use strict";
	var E5 = 1e5, LINES = 40, RADIUS = 56, WIDE = 46;
	var index = null, points = [], crowds = [], near = [], clustered = false, asked = null;

	/* Boxes of a grid whose middles lie nearer than their marks are wide, made one:
	 * the fuller takes the other in. Pixels of the world, 256 wide at zoom 0. */
	function apart(boxes, zoom) {
		var pixels = 256 * Math.pow(2, zoom), out = [];
		boxes.forEach(function (k) {
			var sin = Math.sin(k.lat_e5 / E5 * Math.PI / 180), x = (k.lon_e5 / E5 / 360 + .5) * pixels,
				y = (.5 - Math.log((1 + sin) / (1 - sin)) / 4 / Math.PI) * pixels;
			var into = out.find(function (o) { return Math.hypot(o.x - x, o.y - y) < WIDE; });
			if (into)
				into.n += k.n;
			else
				out.push({ x: x, y: y, n: k.n, lat: k.lat_e5 / E5, lon: k.lon_e5 / E5 });
		});
		return out;
	}
	function take(answer, zoom) {
		clustered = answer.clustered;
		points = clustered ? answer.clusters : answer.places;
		near = clustered ? answer.near : [];
		index = null;
		if (clustered) {
			crowds = apart(points, zoom);
			return;
		}
		index = new self.Supercluster({ radius: RADIUS, maxZoom: 14 });
		index.load(points.map(function (p) {
			return { type: "Feature", geometry: { type: "Point", coordinates: [p.lon_e5 / E5, p.lat_e5 / E5] }, properties: { p: p } };
		}));
	}
	/* `part`: west, south, east, north. */
	function inside(lat, lon, part) {
		return lon >= part[0] && lon <= part[2] && lat >= part[1] && lat <= part[3];
	}
	function within(p, part) {
		return inside(p.lat_e5 / E5, p.lon_e5 / E5, part);
	}
	/* Of the places, those looked at, the nearest to the middle first. */
	function ranked(part) {
		var lat = (part[1] + part[3]) / 2, lon = (part[0] + part[2]) / 2;
		function far(p) {
			var y = p.lat_e5 / E5 - lat, x = (p.lon_e5 / E5 - lon) * .69;
			return x * x + y * y;
		}
		return (clustered ? near : points).filter(function (p) { return within(p, part); })
			.map(function (p) { return [far(p), p]; })
			.sort(function (a, b) { return a[0] - b[0]; })
			.map(function (a) { return a[1]; });
	}
	function boxes(wide) {
		return crowds.filter(function (k) { return inside(k.lat, k.lon, wide); }).map(function (k) {
			return { key: "b" + k.n + "/" + k.lat + "/" + k.lon, lat: k.lat, lon: k.lon, n: k.n };
		});
	}
	function alone(p, rank) {
		return { key: "p" + p.pub, lat: p.lat_e5 / E5, lon: p.lon_e5 / E5, place: p, rank: rank || 0 };
	}
	function together(wide, zoom, rank) {
		return index.getClusters(wide, zoom).map(function (f) {
			var at = f.geometry.coordinates, q = f.properties;
			return q.cluster ? { key: "c" + q.point_count + "/" + at[1] + "/" + at[0], lat: at[1], lon: at[0], n: q.point_count, to: index.getClusterExpansionZoom(q.cluster_id) } :
				alone(q.p, rank[q.p.pub]);
		});
	}
	/* Where the places stand and how large their dots are, three numbers each. */
	function dots() {
		var out = new Float64Array(points.length * 3);
		points.forEach(function (p, i) {
			out[3 * i] = p.lat_e5 / E5;
			out[3 * i + 1] = p.lon_e5 / E5;
			out[3 * i + 2] = p.n ? Math.min(9, 3 + Math.log(p.n)) : 3;
		});
		return out;
	}
	/* `v`: the part `seen`, the part `wide` that gets marks, `zoom`, whether marks are `dots`. */
	function look(v) {
		var lines = ranked(v.seen), rank = {}, marks = [];
		lines.slice(0, clustered ? 0 : LINES).forEach(function (p, i) { rank[p.pub] = i + 1; });
		if (!v.dots)
			marks = clustered ? boxes(v.wide) : index ? together(v.wide, v.zoom, rank) : [];
		/* What is seen is drawn first; from north to south, as one reads. */
		marks.forEach(function (m) { m.seen = inside(m.lat, m.lon, v.seen); });
		marks.sort(function (a, b) { return b.seen - a.seen || b.lat - a.lat || a.lon - b.lon; });
		return {
			marks: marks,
			lines: lines.slice(0, LINES),
			n: clustered ? points.reduce(function (n, k) { return within(k, v.seen) ? n + k.n : n; }, 0) : lines.length
		};
	}
	function load(q) {
		if (asked)
			asked.abort();
		asked = new AbortController();
		fetch(q.url, { signal: asked.signal, headers: { Accept: "application/json" } })
			.then(function (r) { return r.ok ? r.json() : Promise.reject(r.status); })
			.then(function (answer) {
				take(answer, q.zoom);
				self.postMessage({
					loaded: q.id, clustered: clustered, towns: answer.towns || [], threads: answer.threads || [],
					densities: answer.densities || [], dots: q.dots ? dots() : null
				});
			}).catch(function (e) {
				if (!e || e.name !== "AbortError")
					self.postMessage({ failed: q.id });
			});
	}
	self.onmessage = function (e) {
		var q = e.data;
		if (q.url)
			load(q);
		else
			self.postMessage({ view: q.id, seen: look(q) });
	};
})();
