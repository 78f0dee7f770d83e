/* The map with 50,000 places, in Chromium with the processor slowed six times,
 * beside leaflet.markercluster with the same points over the same outlines, in
 * turns, in one run:
 *
 *	node tests/browser/bench_map.mjs DB [ROUNDS]
 *
 * DB is a demo's SQLite database, which is copied. Prints one line of JSON:
 * the medians of the time to the first marks, of the frames while the map is
 * moved and zoomed (the mean of the slowest twentieth), and of the longest. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { served } from "./served.mjs";

const PLACES = 50000, SLOWER = 6;
const here = fileURLToPath(new URL("./", import.meta.url)), root = join(here, "../../");
const [db, rounds = "3"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "maillage-map-"));
const copy = join(folder, "map.db");

/* Around the communes of the mainland, the largest having most. */
const insert = `WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${PLACES}),
	k AS (SELECT lat_e5, lon_e5, insee, row_number() OVER (ORDER BY population DESC, insee) AS r FROM commune
		WHERE population IS NOT NULL AND lat_e5 > 4000000 AND lon_e5 > -600000)
INSERT INTO community (pub, name, folded, initials, is_cae, is_place, is_collective, is_network, is_public_body, is_company, is_other,
	functions, is_demo, created_at, lat_e5, lon_e5, dominant, insee)
SELECT 'bench' || i, 'Lieu ' || i, 'lieu ' || i, 'L', 0, 1, 0, 0, 0, 0, 0, '', 1, 0,
	k.lat_e5 + (i * 7919) % 4001 - 2000, k.lon_e5 + (i * 104729) % 4001 - 2000,
	CASE i % 4 WHEN 0 THEN 'workshop' WHEN 1 THEN 'culture' ELSE 'coworking' END, k.insee
FROM s JOIN k ON k.r = 1 + (i * i) % 30000 * (i % 97) / 97;`;

function sqlite(sql) {
	return execFileSync("sqlite3", [copy], { input: sql, encoding: "utf8", maxBuffer: 1 << 28 });
}

async function serve() {
	return served(join(root, "build/maillage"), ["--db", copy]);
}

/* The other map: what its own documentation shows, over our outlines. */
const page = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="leaflet.css"><link rel="stylesheet" href="cluster.css"><style>#map{height:560px}</style><div id="map"></div>
<script src="leaflet.js"></script><script src="cluster.js"></script><script>
var map = L.map("map", { preferCanvas: true, zoomSnap: .25, minZoom: 5, maxZoom: 15 }).fitBounds([[41.4, -4.9], [51.1, 9.5]]);
for (const [file, smoothFactor] of [["abroad", 4], ["outlines", 1.5]])
	fetch(file).then(r => r.json()).then(g => L.geoJSON(g, { interactive: false, smoothFactor }).addTo(map));
fetch("points").then(r => r.json()).then(points => {
	var group = L.markerClusterGroup();
	group.addLayers(points.map(p => L.marker([p[0] / 1e5, p[1] / 1e5], { title: p[2], icon: L.divIcon({ className: "one", html: "1" }) })));
	map.addLayer(group);
});
</script>`;
function other() {
	const module = (path) => readFileSync(join(here, "node_modules", path));
	const files = {
		"/": ["text/html", page],
		"/leaflet.js": ["text/javascript", module("leaflet/dist/leaflet.js")],
		"/leaflet.css": ["text/css", module("leaflet/dist/leaflet.css")],
		"/cluster.js": ["text/javascript", module("leaflet.markercluster/dist/leaflet.markercluster.js")],
		"/cluster.css": ["text/css", Buffer.concat([module("leaflet.markercluster/dist/MarkerCluster.css"), module("leaflet.markercluster/dist/MarkerCluster.Default.css")])],
		"/outlines": ["application/json", readFileSync(join(root, "data/outlines/departements.geojson"))],
		"/abroad": ["application/json", readFileSync(join(root, "data/outlines/abroad.geojson"))],
		"/points": ["application/json", sqlite("SELECT json_group_array(json_array(lat_e5, lon_e5, name)) FROM community WHERE is_place AND lat_e5 IS NOT NULL;")],
	};
	const server = createServer((q, p) => {
		const f = files[q.url];
		p.writeHead(f ? 200 : 404, f ? { "Content-Type": f[0] } : {}).end(f ? f[1] : "");
	});
	return new Promise((done) => server.listen(0, "127.0.0.1", () => done({ base: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() })));
}

/* ---- measuring ---- */

function frames() {
	window.frames_ = [];
	let last = performance.now();
	const tick = (now) => {
		window.frames_.push(now - last);
		last = now;
		window.ticking = requestAnimationFrame(tick);
	};
	window.ticking = requestAnimationFrame(tick);
}

async function drag(p, dx, dy) {
	const x = 200, y = 330;
	await p.mouse.move(x, y);
	await p.mouse.down();
	for (let i = 1; i <= 12; i++)
		await p.mouse.move(x + dx * i / 12, y + dy * i / 12);
	await p.mouse.up();
	await p.waitForTimeout(500);
}

async function look(browser, address, map, marks) {
	const context = await browser.newContext({ viewport: { width: 390, height: 780 } });
	const p = await context.newPage();
	p.on("pageerror", (e) => console.error(address, e.message));
	const cdp = await context.newCDPSession(p);
	await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
	const begun = Date.now();
	await p.goto(address, { waitUntil: "commit" });
	await p.waitForSelector(marks, { timeout: 120000 });
	const first = Date.now() - begun;
	await p.waitForTimeout(2500);
	await p.evaluate((m) => document.querySelector(m).scrollIntoView({ block: "center" }), map);
	await p.evaluate(frames);
	const box = await p.locator(map).boundingBox();
	for (let i = 0; i < 4; i++) {
		await p.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		await p.mouse.wheel(0, i < 2 ? -240 : 240);
		await p.waitForTimeout(900);
		await drag(p, i % 2 ? 110 : -110, i % 2 ? -80 : 80);
	}
	const all = (await p.evaluate(() => { cancelAnimationFrame(window.ticking); return window.frames_; })).sort((a, b) => b - a);
	await context.close();
	const slow = all.slice(0, Math.max(1, Math.round(all.length / 20)));
	return { first, frame: slow.reduce((a, b) => a + b, 0) / slow.length, longest: all[0] };
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

copyFileSync(db, copy);
sqlite(insert);
const ours = await serve(), theirs = await other();
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const seen = { ours: [], theirs: [] };
try {
	for (let i = 0; i < Number(rounds); i++) {
		seen.ours.push(await look(browser, `${ours.base}/map`, ".atlas-live", ".atlas-mark"));
		seen.theirs.push(await look(browser, `${theirs.base}/`, "#map", ".marker-cluster"));
	}
} finally {
	await browser.close();
	ours.stop();
	theirs.stop();
	rmSync(folder, { recursive: true, force: true });
}
const sum = (who) => Object.fromEntries(["first", "frame", "longest"].map((k) => [k, Math.round(median(seen[who].map((s) => s[k])))]));
console.log(JSON.stringify({ places: PLACES, ours: sum("ours"), theirs: sum("theirs"), rounds: seen }));
process.exit(0);
