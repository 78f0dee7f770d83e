/* The journeys of the people who come, in French, on a phone and on a desk, on
 * a demo made for the run: find, book, arrive, bridge, give back. Every page
 * reached is tried with axe in light and dark, and does not scroll sideways. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = process.env.MAILLAGE_TEST_PROGRAM ?? join(root, "build/maillage");
const pictures = join(root, "build/screenshots");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const password = "tissons-des-liens";
const host = "Les Usines du Noyer";
let passed = 0, failed = 0, seen = new Set();

async function step(name, fn) {
	try {
		await fn();
		passed++;
		console.log(`ok ${name}`);
	} catch (e) {
		failed++;
		console.log(`FAILED ${name}: ${String(e.message ?? e).split("\n").slice(0, 6).join(" | ")}`);
	}
}

function must(truth, what) {
	if (!truth)
		throw new Error(what);
}

/* ---- a server of our own ---- */

function psql(sql) {
	execFileSync("psql", ["-qX", "-d", process.env.MAILLAGE_TEST_PG, "-c", sql], { stdio: ["ignore", "ignore", "inherit"] });
}

async function serve(db) {
	execFileSync(program, ["demo", "--db", db], { stdio: ["ignore", "ignore", "inherit"] });
	const child = spawn(program, ["serve", "--db", db, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
	let log = "";
	const port = await new Promise((done, broken) => {
		const read = (data) => {
			log += data;
			const m = /msg=serving .*port=(\d+)/.exec(log);
			if (m)
				done(m[1]);
		};
		child.stdout.on("data", read);
		child.stderr.on("data", read);
		child.on("exit", () => broken(new Error(`the server ended: ${log}`)));
	});
	return {
		base: `http://127.0.0.1:${port}`,
		errors: () => log.split("\n").filter((l) => / level=error /.test(l)),
		stop: () => new Promise((done) => {
			child.removeAllListeners("exit");
			child.on("exit", done);
			child.kill("SIGTERM");
		}),
	};
}

/* ---- looking at pages ---- */

/* An address without what differs between two runs. */
function kind(page) {
	return new URL(page.url()).pathname.replace(/[0-9a-hj-km-np-tv-z]{26}/g, "_");
}

async function look(t, page, name) {
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

async function go(t, page, path) {
	const answer = await page.goto(t.base + path);
	must(answer.status() === 200, `${path} answered ${answer.status()}`);
}

/* A person with her own browser, signed in. */
async function person(t, who, options = {}) {
	const context = await t.browser.newContext({ viewport: { width: t.width, height: 900 }, locale: "fr-FR", ...options });
	context.setDefaultTimeout(8000);
	const page = await context.newPage();
	page.on("pageerror", (e) => t.faults.push(`${who}: ${e}`));
	page.on("console", (m) => m.type() === "error" && /Content Security/.test(m.text()) && t.faults.push(`${who}: ${m.text()}`));
	if (who === "visitor")
		return page;
	await go(t, page, "/sign-in");
	await page.fill("#f-email", `${who}@demo.example`);
	await page.fill("#f-password", password);
	await page.click(".entry-form button[type=submit]");
	await page.waitForURL((u) => !u.pathname.startsWith("/sign-in"));
	return page;
}

async function place_of(t, page) {
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
async function offer(page) {
	for (let n = 0; n < 4; n++) {
		const link = page.locator("a.btn--primary[href^='/spaces/']");
		if (await link.count())
			return link.first();
		await page.locator(".week-nav a").last().click();
	}
	throw new Error("no day of a month can be booked");
}

/* ---- journeys ---- */

async function find(t) {
	const page = await person(t, "visitor");
	await step(`${t.name} find: the home page`, async () => {
		await go(t, page, "/");
		await look(t, page, "home");
	});
	await step(`${t.name} find: a town gives places, nearest first`, async () => {
		await go(t, page, "/places");
		await page.fill("#f-where", "Poitiers");
		await page.press("#f-where", "Enter");
		await page.waitForURL(/where=Poitiers/);
		must(await page.locator("main a[href^='/places/']").count() > 0, "no place near Poitiers");
		must(/\d\s*km/.test(await page.locator("main").innerText()), "no distance is told");
		await look(t, page, "places");
	});
	await step(`${t.name} find: a place's page`, async () => {
		t.place = await place_of(t, page);
		await go(t, page, t.place);
		await look(t, page, "place");
	});
	for (const path of ["/agenda", "/communities", "/sign-in", "/sign-up", "/reset"])
		await step(`${t.name} find: ${path}`, async () => {
			await go(t, page, path);
			await look(t, page, path.slice(1));
		});
	await page.context().close();
}

async function book(t) {
	const page = await person(t, "ines", t.options);
	await step(`${t.name} book: three clicks from the place to a confirmed desk`, async () => {
		await go(t, page, t.place);
		await look(t, page, "place-signed-in");
		await (await offer(page)).click();
		await page.waitForURL(/\/book/);
		must(/convention|CAP/i.test(await page.locator(".rights").first().innerText()), "the convention is not offered");
		await look(t, page, "book");
		await page.locator("button[type=submit], button.btn--primary", { hasText: /Confirmer|Demander/ }).first().click();
		await page.waitForURL(/\/bookings\/[0-9a-z]{26}/);
		t.booking = new URL(page.url()).pathname;
		await look(t, page, "booking");
	});
	await step(`${t.name} book: it stands in her list, and can be cancelled`, async () => {
		must(t.booking, "nothing was booked");
		await go(t, page, "/bookings");
		must(await page.locator(`a[href*='${t.booking}']`).count() > 0, "the booking is not listed");
		await look(t, page, "bookings");
		await go(t, page, `${t.booking}/cancel`);
		await look(t, page, "cancel");
		await page.locator("main form[action$='/cancel'] button").first().click();
		await page.waitForLoadState();
		must(/annul/i.test(await page.locator("body").innerText()), "nothing says that it is cancelled");
	});
	for (const path of ["/account", "/account/memberships", "/account/sessions", "/account/tokens", "/enrolments"])
		await step(`${t.name} book: ${path}`, async () => {
			await go(t, page, path);
			await look(t, page, path.slice(1).replace("/", "-"));
		});
	await page.context().close();
}

/* Nothing but Tab, Enter and the arrows. */
async function keyboard(t) {
	const page = await person(t, "ines");
	const reach = async (selector) => {
		for (let n = 0; n < 120; n++) {
			await page.keyboard.press("Tab");
			if (await page.evaluate((s) => document.activeElement?.matches(s), selector))
				return;
		}
		throw new Error(`Tab never comes to ${selector}`);
	};
	await step(`${t.name} book by keyboard alone`, async () => {
		await go(t, page, t.place);
		await offer(page);
		await reach("a.btn--primary[href^='/spaces/']");
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/book/);
		await reach("main button.btn--primary");
		await page.keyboard.press("Enter");
		await page.waitForURL(/\/bookings\/[0-9a-z]{26}/);
		await page.goto(`${page.url().split("?")[0]}/cancel`);
		await page.locator("main form[action$='/cancel'] button").first().click();
		await page.waitForLoadState();
	});
	await page.context().close();
}

async function arrive(t) {
	const page = await person(t, "malo");
	await step(`${t.name} arrive: the host's day, and one tap`, async () => {
		await go(t, page, "/host/day");
		await look(t, page, "host-day");
		const arrive = page.locator("form[action$='/arrive'] button");
		const before = await arrive.count();
		if (before) {
			await arrive.first().click();
			await page.waitForLoadState();
			must(await page.locator("form[action$='/arrive'] button").count() < before, "the arrival is not recorded");
		}
	});
	await step(`${t.name} arrive: the calendar`, async () => {
		await go(t, page, "/host/calendar");
		await look(t, page, "host-calendar");
	});
	await page.context().close();
}

async function bridge(t) {
	const page = await person(t, "claire");
	await step(`${t.name} bridge: the conventions`, async () => {
		await go(t, page, "/conventions");
		await look(t, page, "conventions");
	});
	await step(`${t.name} bridge: the follow-up of one`, async () => {
		await go(t, page, "/conventions");
		const open = page.locator("main a[href^='/conventions/']").filter({ hasText: /CAP/ }).first();
		await open.click();
		await page.waitForURL(/conventions\/[0-9a-z]{26}/);
		await look(t, page, "convention");
		t.convention = /\/conventions\/[0-9a-z]{26}/.exec(page.url())[0];
	});
	for (const tab of ["exchanges", "statement", "text", "people"])
		await step(`${t.name} bridge: ${tab}`, async () => {
			must(t.convention, "no convention was reached");
			await go(t, page, `${t.convention}/${tab}`);
			await look(t, page, `convention-${tab}`);
		});
	await step(`${t.name} bridge: a new one`, async () => {
		await go(t, page, "/conventions/new");
		await look(t, page, "convention-new");
	});
	await page.context().close();
}

async function give_back(t) {
	const page = await person(t, "ines");
	await step(`${t.name} give back: enrol in a workshop, withdraw`, async () => {
		await go(t, page, "/agenda");
		const all = await page.locator("main a[href^='/workshops/']").evaluateAll((l) => l.map((a) => a.getAttribute("href")));
		must(all.length > 0, "the agenda is empty");
		for (const path of new Set(all)) {
			await go(t, page, path);
			if (await page.locator("form[action$='/enrol'] button").count())
				break;
		}
		await look(t, page, "workshop");
		await page.locator("form[action$='/enrol'] button").click();
		await page.locator("form[action$='/withdraw'] button").waitFor();
		await look(t, page, "workshop-enrolled");
		await page.locator("form[action$='/withdraw'] button").click();
		await page.locator("form[action$='/enrol'] button").waitFor();
	});
	await page.context().close();
	const sophie = await person(t, "sophie");
	await step(`${t.name} give back: announcing one`, async () => {
		await go(t, sophie, "/workshops/new");
		await look(t, sophie, "workshop-new");
	});
	await sophie.context().close();
}

/* ---- the run ---- */

async function all(browser, db, name, widths) {
	const server = await serve(db);
	try {
		for (const width of widths) {
			const t = { browser, width, base: server.base, name: `${name}-${width}`, faults: [], plain: name !== "sqlite" };
			await find(t);
			await book(t);
			await keyboard(t);
			await book({ ...t, plain: true, name: `${t.name} without JavaScript`, options: { javaScriptEnabled: false } });
			await arrive(t);
			await bridge(t);
			await give_back(t);
			await step(`${t.name} no script fails, no policy is broken`, () => must(!t.faults.length, t.faults.join("; ")));
		}
		await step(`${name} the server reports no error`, () => must(!server.errors().length, server.errors().slice(0, 3).join(" ")));
	} finally {
		await server.stop();
	}
}

mkdirSync(pictures, { recursive: true });
const dir = mkdtempSync(join(tmpdir(), "maillage-journeys-"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox",
	"--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
	"--disable-sync"] });
try {
	await all(browser, join(dir, "demo.db"), "sqlite", [390, 1280]);
	if (process.env.MAILLAGE_TEST_PG) {
		psql("DROP DATABASE IF EXISTS journeys");
		psql("CREATE DATABASE journeys TEMPLATE template0");
		await all(browser, process.env.MAILLAGE_TEST_PG.replace(/\/postgres\b/, "/journeys"), "postgres", [1280]);
		psql("DROP DATABASE journeys WITH (FORCE)");
	}
} catch (e) {
	failed++;
	console.log(`FAILED ${e.stack ?? e}`);
} finally {
	await browser.close();
	rmSync(dir, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
