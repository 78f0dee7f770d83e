/* What the journeys share: steps that are counted, a server of our own on a demo
 * made for the run, people with their own browsers, and a look at each page. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { served } from "./served.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.MAILLAGE_TEST_PROGRAM ?? join(root, "build/maillage");
export const pictures = join(root, "build/screenshots");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const password = "tissons-des-liens";
export const host = "Les Usines du Noyer";
const seen = new Set();
export const count = { passed: 0, failed: 0 };

export async function step(name, fn) {
	try {
		await fn();
		count.passed++;
		console.log(`ok ${name}`);
	} catch (e) {
		count.failed++;
		console.log(`FAILED ${name}: ${String(e.message ?? e).split("\n").slice(0, 6).join(" | ")}`);
	}
}

export function must(truth, what) {
	if (!truth)
		throw new Error(what);
}

/* ---- a server of our own ---- */

export function psql(sql) {
	execFileSync("psql", ["-qX", "-d", process.env.MAILLAGE_TEST_PG, "-c", sql], { stdio: ["ignore", "ignore", "inherit"] });
}

export async function serve(db) {
	execFileSync(program, ["demo", "--db", db], { stdio: ["ignore", "ignore", "inherit"] });
	const server = await served(program, ["--db", db]);
	return { ...server, stop: () => (server.stop(), server.ended) };
}

/* ---- looking at pages ---- */

/* An address without what differs between two runs. */
export function kind(page) {
	return new URL(page.url()).pathname.replace(/[0-9a-hj-km-np-tv-z]{26}/g, "_");
}

export async function look(t, page, name) {
	const key = `${t.name} ${name}`;
	if (t.plain || seen.has(key))
		return;
	seen.add(key);
	const faults = [];
	for (const colorScheme of ["light", "dark"]) {
		await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		await page.evaluate(() => document.fonts.ready);
		await page.screenshot({ path: join(pictures, `${name}-${t.name}-${colorScheme}.png`), fullPage: true });
		await page.evaluate(axe);
		const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
		for (const v of found.violations)
			faults.push(`${colorScheme} ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`);
	}
	await page.emulateMedia({ colorScheme: "light" });
	if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
		faults.push("scrolls sideways");
	must(faults.length === 0, `${kind(page)}: ${faults.join("; ")}`);
}

export async function go(t, page, path) {
	const answer = await page.goto(t.base + path);
	must(answer.status() === 200, `${path} answered ${answer.status()}`);
}

/* A person with her own browser, signed in: by the form the first time, as attempts are counted. */
export async function person(t, who, options = {}) {
	const context = await t.browser.newContext({ viewport: { width: t.width, height: 900 }, locale: "fr-FR",
		storageState: t.signed_in[who], ...options });
	context.setDefaultTimeout(8000);
	const page = await context.newPage();
	page.on("pageerror", (e) => t.faults.push(`${who}: ${e}`));
	page.on("console", (m) => m.type() === "error" && /Content Security/.test(m.text()) && t.faults.push(`${who}: ${m.text()}`));
	if (who === "visitor" || t.signed_in[who])
		return page;
	await go(t, page, "/sign-in");
	await page.fill("#f-email", `${who}@demo.example`);
	await page.fill("#f-password", password);
	await page.click(".entry-form button[type=submit]");
	await page.waitForURL((u) => !u.pathname.startsWith("/sign-in"));
	t.signed_in[who] = await context.storageState();
	return page;
}

export async function place_of(t, page) {
	await go(t, page, "/places?where=&sort=name");
	for (let n = 0; n < 6; n++) {
		const link = page.locator("a[href^='/places/']", { hasText: host }).first();
		if (await link.count())
			return new URL(await link.getAttribute("href"), t.base).pathname;
		const next = page.locator("a[rel=next], .pager a").last();
		if (!(await next.count()))
			break;
		await next.click();
	}
	throw new Error(`${host} is not in the list of places`);
}

/* From a place's page to the offer of a day: this week's, or a later one's. */
export async function offer(page) {
	for (let n = 0; n < 4; n++) {
		const link = page.locator("a.btn--primary[href^='/spaces/']");
		if (await link.count())
			return link.first();
		await page.locator(".week-nav a").last().click();
	}
	throw new Error("no day of a month can be booked");
}
