/* A ground from elsewhere: an archive of the PMTiles kind, made here and served
 * from another origin on this machine, is drawn under the places; the policy of
 * the map's page names that origin, that of other pages and of a server without
 * the setting does not.
 *
 *	node tests/browser/tiles.mjs DB */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { chromium } from "playwright-core";
import { served } from "./served.mjs";

const root = join(fileURLToPath(new URL("./", import.meta.url)), "../../");
const [db] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "maillage-tiles-"));
let passed = 0, failed = 0;
function check(what, so) {
	so ? passed++ : failed++;
	if (!so)
		console.log("FAILED", what);
}

/* ---- an archive: header, one directory, no words, one tile for all of zoom 5 to 8 ---- */

function crc(b) {
	if (crc32)
		return crc32(b);
	let c = ~0;
	for (const byte of b) {
		c ^= byte;
		for (let i = 0; i < 8; i++)
			c = c & 1 ? c >>> 1 ^ 0xedb88320 : c >>> 1;
	}
	return ~c >>> 0;
}
function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type), data]), out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length);
	body.copy(out, 4);
	out.writeUInt32BE(crc(body), body.length + 4);
	return out;
}
function png(side, [r, g, b]) {
	const head = Buffer.alloc(13), row = Buffer.alloc(1 + 3 * side);
	head.writeUInt32BE(side);
	head.writeUInt32BE(side, 4);
	head.set([8, 2, 0, 0, 0], 8);
	for (let x = 0; x < side; x++)
		row.set([r, g, b], 1 + 3 * x);
	return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head),
		chunk("IDAT", deflateSync(Buffer.concat(Array(side).fill(row)))), chunk("IEND", Buffer.alloc(0))]);
}
function varint(n) {
	const out = [];
	for (; n > 127; n = Math.floor(n / 128))
		out.push(n % 128 | 128);
	return [...out, n];
}
const before = (zoom) => (4 ** zoom - 1) / 3; /* tiles of all smaller zooms */
function archive() {
	const tile = png(256, [12, 200, 90]);
	const directory = Buffer.from([1, before(5), before(9) - before(5), tile.length, 1].flatMap(varint)), words = Buffer.from("{}");
	const head = Buffer.alloc(127), at = [127, directory.length, 127 + directory.length, words.length, 0, 0,
		127 + directory.length + words.length, tile.length, before(9) - before(5), 1, 1];
	head.write("PMTiles");
	head[7] = 3;
	at.forEach((n, i) => head.writeBigUInt64LE(BigInt(n), 8 + 8 * i));
	head.set([1, 1, 1, 2, 5, 8], 96); /* clustered; nothing is compressed; tiles are PNG, zoom 5 to 8 */
	[-1800000000, -850000000, 1800000000, 850000000].forEach((n, i) => head.writeInt32LE(n, 102 + 4 * i));
	head[118] = 5;
	return Buffer.concat([head, directory, words, tile]);
}

/* ---- two servers ---- */

let asked = 0;
function elsewhere() {
	execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
		"-keyout", join(folder, "key"), "-out", join(folder, "cert")], { stdio: "ignore" });
	const file = archive();
	const server = createServer({ key: readFileSync(join(folder, "key")), cert: readFileSync(join(folder, "cert")) }, (q, p) => {
		const [, from, to] = /bytes=(\d+)-(\d+)/.exec(q.headers.range ?? "") ?? [0, 0, file.length - 1];
		const part = file.subarray(Number(from), Number(to) + 1);
		asked++;
		p.writeHead(q.headers.range ? 206 : 200, { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "range",
			"Content-Range": `bytes ${from}-${Number(from) + part.length - 1}/${file.length}`, ETag: '"1"', "Content-Length": part.length }).end(part);
	});
	return new Promise((done) => server.listen(0, "127.0.0.1", () => done({ origin: `https://127.0.0.1:${server.address().port}`, stop: () => server.close() })));
}
async function serve(config) {
	return served(join(root, "build/maillage"), ["--db", db, ...(config ? ["--config", config] : [])]);
}

const other = await elsewhere(), ini = join(folder, "maillage.ini");
writeFileSync(ini, `[site]\nmap_tiles = ${other.origin}/fond.pmtiles\nmap_tiles_credit = Fond d’essai\n`);
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const policy = async (s, path) => (await fetch(s.base + path)).headers.get("content-security-policy");
async function look(s, drawn) {
	const context = await browser.newContext({ viewport: { width: 390, height: 780 }, ignoreHTTPSErrors: true });
	const page = await context.newPage(), refused = [];
	page.on("console", (m) => /Content Security Policy/.test(m.text()) && refused.push(m.text()));
	asked = 0;
	await page.goto(`${s.base}/map`);
	await page.waitForSelector("[data-atlas][data-ready]");
	await page.waitForTimeout(2500);
	const tiles = await page.evaluate(() => [...document.querySelectorAll("img.leaflet-tile")].filter((i) => i.naturalWidth === 256).length);
	check(`${drawn ? "tiles are" : "no tile is"} drawn: ${tiles}`, drawn ? tiles > 0 : tiles === 0);
	check(`asked ${asked} times`, drawn ? asked > 0 : asked === 0);
	check(`the policy refuses nothing: ${refused[0]}`, !refused.length);
	check("whose ground it is, is said", (await page.content()).includes("Fond d’essai") === drawn);
	if (process.env.PICTURES)
		await page.screenshot({ path: join(process.env.PICTURES, `tiles-${drawn}.png`) });
	await context.close();
}
try {
	for (const config of [ini, null]) {
		const s = await serve(config);
		try {
			check("the map's page lets that origin in, when it is set",
				(await policy(s, "/map")).includes(`connect-src 'self' ${other.origin};`) === Boolean(config));
			check("no other page does", !(await policy(s, "/places")).includes("https:"));
			await look(s, Boolean(config));
		} finally {
			s.stop();
			await s.ended;
		}
	}
} finally {
	await browser.close();
	other.stop();
	rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
