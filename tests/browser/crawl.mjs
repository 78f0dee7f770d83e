/* Every page a person of the demo can reach by our own links: each answers, no
 * script fails, axe finds nothing in light and dark, nothing scrolls sideways
 * on a phone, a tablet or a desk. Pictures stand in build/screenshots/crawl.
 * MAILLAGE_CRAWL_BASE names a server that runs already. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { served } from "./served.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.MAILLAGE_TEST_PROGRAM ?? join(root, "build/maillage");
const pictures = join(root, "build/screenshots/crawl");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const people = ["visitor", "ines", "malo", "sophie", "claire", "lucie", "camille"];
const starts = ["/", "/about/data", "/about/accessibility", "/about/privacy", "/about/api", "/about/source", "/pass",
	"/bookings", "/enrolments", "/account", "/people", "/agenda", "/communities", "/communities/new", "/conventions",
	"/sign-in", "/sign-up", "/reset"];
const widths = [820, 1280, 390];
const each = 2; /* pages of one kind that one person opens; of those that a query narrows, one */
const atOnce = 2; /* persons */
let passed = 0, failed = 0;
const pictured = new Set();

function tell(who, path, faults) {
	if (!faults.length) {
		passed++;
		return;
	}
	failed++;
	console.log(`FAILED ${who} ${path}: ${faults.join("; ")}`);
}

/* An address without what differs between two pages of one kind. */
function kind(address) {
	const u = new URL(address, "http://here");
	return u.pathname.replace(/[0-9a-hj-km-np-tv-z]{26}/g, "_").replace(/\/\d+(?=\/|$)/g, "/N") +
		[...u.searchParams.keys()].sort().map((k) => `&${k}`).join("");
}

async function serve(db) {
	execFileSync(program, ["demo", "--db", db], { stdio: ["ignore", "ignore", "inherit"] });
	return served(program, ["--db", db]);
}

async function violations(page, where) {
	await page.evaluate(axe);
	const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
	return found.violations.map((v) => `${where} ${v.id}: ${v.nodes.slice(0, 2).map((n) => n.target.join(" ")).join(", ")}`);
}

/* The first page of a kind is looked at from every side. */
async function look(page, who, name) {
	const faults = [];
	for (const width of widths) {
		await page.setViewportSize({ width, height: 900 });
		const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		if (over > 0)
			faults.push(`${width} scrolls ${over} px sideways`);
		if (width === 820)
			continue;
		await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
		faults.push(...await violations(page, `${width}`));
	}
	await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
	await page.setViewportSize({ width: 1280, height: 900 });
	faults.push(...await violations(page, "dark"));
	await page.screenshot({ path: join(pictures, `${name}-dark.png`), fullPage: true });
	await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
	return faults;
}

async function open(base, page, who, path, from) {
	const faults = [], said = (m) => m.type() === "error" && faults.push(m.text());
	const broke = (e) => faults.push(String(e));
	page.on("console", said);
	page.on("pageerror", broke);
	const answer = await page.goto(base + path);
	if (answer.status() !== 200)
		faults.push(`answers ${answer.status()}, linked from ${from}`);
	const k = kind(page.url()); /* where a redirect led */
	if (!pictured.has(k)) {
		pictured.add(k);
		faults.push(...await look(page, who, `${k.slice(1).replace(/\W+/g, "-") || "home"}-${who}`));
	}
	page.off("console", said);
	page.off("pageerror", broke);
	return faults;
}

/* The places our own links go to; the language stays as it is. */
async function links(base, page) {
	const all = await page.$$eval("a[href]", (list) => list.map((a) => new URL(a.getAttribute("href"), document.baseURI).href)); // of maps, too
	return all.filter((h) => h.startsWith(`${base}/`)).map((h) => h.slice(base.length).replace(/#.*/, ""))
		.filter((h) => !h.startsWith("/language"));
}

async function crawl(base, context, page, who) {
	const todo = starts.map((path) => ({ path, from: "the list of starts" })), opened = new Set(), kinds = new Map();
	while (todo.length) {
		const { path, from } = todo.shift(), k = kind(path), n = kinds.get(k) ?? 0;
		if (opened.has(path) || n >= (k.includes("&") ? 1 : each))
			continue;
		opened.add(path);
		kinds.set(k, n + 1);
		try {
			const head = await context.request.get(base + path);
			const closed = from === "the list of starts" && [403, 404].includes(head.status());
			if (closed || !/html/.test(head.headers()["content-type"] ?? "")) {
				tell(who, path, closed || head.ok() ? [] : [`answers ${head.status()}, linked from ${from}`]);
				continue;
			}
			tell(who, path, await open(base, page, who, path, from));
			for (const next of await links(base, page))
				todo.push({ path: next, from: path });
		} catch (e) {
			tell(who, path, [String(e.message ?? e).split("\n")[0]]);
		}
	}
	console.log(`ok ${who}: ${opened.size} pages of ${kinds.size} kinds`);
}

/* Each with a browser of her own: what one of hundreds of pages leaves in it ends with it. */
async function person(base, who) {
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox",
		"--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync"] });
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "fr-FR", reducedMotion: "reduce" });
	context.setDefaultTimeout(15000);
	const page = await context.newPage();
	if (who !== "visitor") {
		await page.goto(`${base}/sign-in`);
		await page.fill("#f-email", `${who}@demo.example`);
		await page.fill("#f-password", "tissons-des-liens");
		await page.click(".entry-form button[type=submit]");
		await page.waitForURL((u) => !u.pathname.startsWith("/sign-in"));
	}
	await crawl(base, context, page, who);
	await browser.close();
}

mkdirSync(pictures, { recursive: true });
const dir = mkdtempSync(join(tmpdir(), "maillage-crawl-"));
const server = process.env.MAILLAGE_CRAWL_BASE ? { base: process.env.MAILLAGE_CRAWL_BASE, stop() {} } :
	await serve(join(dir, "demo.db"));
try {
	const waiting = [...people];
	await Promise.all(Array.from({ length: atOnce }, async () => {
		while (waiting.length)
			await person(server.base, waiting.shift());
	}));
} catch (e) {
	failed++;
	console.log(`FAILED ${e.stack ?? e}`);
} finally {
	server.stop();
	rmSync(dir, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
