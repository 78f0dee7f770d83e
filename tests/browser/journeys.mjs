/* The journeys of the people who come, in French, on a phone and on a desk, on
 * a demo made for the run: find, book, arrive, bridge, give back, count. Every page
 * reached is tried with axe in light and dark, and does not scroll sideways. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { door_steps } from "./door_steps.mjs";
import { find_steps } from "./find_steps.mjs";
import { map_steps } from "./map_steps.mjs";
import { invited, stranger } from "./newcomers.mjs";
import { arrive, bridge, give_back, statement } from "./together.mjs";
import { count, go, look, must, offer, password, person, pictures, place_of, psql, serve, step } from "./stage.mjs";

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

/* The session ends while she writes: what she wrote is there when she is back. */
async function outlive(t) {
	const page = await person(t, "lucie");
	await step(`${t.name} a form outlives its session`, async () => {
		await go(t, page, "/account");
		const name = await page.inputValue("#f-name");
		await page.context().clearCookies();
		await page.locator("form[action='/account/profile'] button").click();
		await page.waitForLoadState();
		must(/connexion a pris fin/.test(await page.locator("h1").innerText()), "nothing says that the session is over");
		await look(t, page, "session-over");
		const [tab] = await Promise.all([page.context().waitForEvent("page"), page.getByText("Me connecter dans un autre onglet").click()]);
		await tab.fill("input[type=email]", "lucie@demo.example");
		await tab.fill("input[type=password]", password);
		await tab.press("input[type=password]", "Enter");
		await tab.waitForURL((u) => !u.pathname.startsWith("/sign-in"));
		await page.getByRole("button", { name: "Envoyer ce que j’ai écrit" }).click();
		await page.waitForURL(/\/account$/);
		must(await page.inputValue("#f-name") === name, "what was written is lost");
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

/* ---- the run ---- */

async function all(browser, db, name, widths) {
	const server = await serve(db), signed_in = {};
	try {
		for (const width of widths) {
			const t = { browser, width, base: server.base, name: `${name}-${width}`, faults: [], signed_in, plain: name !== "sqlite" };
			await find(t);
			await map_steps(t);
			await find_steps(t);
			await book(t);
			await keyboard(t);
			await outlive(t);
			await book({ ...t, plain: true, name: `${t.name} without JavaScript`, options: { javaScriptEnabled: false } });
			await arrive(t);
			await door_steps(t);
			await bridge(t);
			await give_back(t);
			await statement(t);
			await stranger(t);
			await invited(t);
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
	count.failed++;
	console.log(`FAILED ${e.stack ?? e}`);
} finally {
	await browser.close();
	rmSync(dir, { recursive: true, force: true });
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed ? 1 : 0);
