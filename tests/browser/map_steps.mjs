/* The map of the places: in step with its list, by keyboard, without JavaScript. */
import { go, look, must, person, step } from "./stage.mjs";

/* Of each mark that bears a number: the number of the same place in the list. */
function numbers() {
	return [...document.querySelectorAll(".atlas-mark[data-ref]")].map((mark) => {
		const line = document.querySelector(`.atlas-line[data-ref="${mark.dataset.ref}"] .atlas-n`);
		return [mark.textContent.trim(), line ? line.textContent.trim() : ""];
	}).filter(([n]) => n);
}

async function ready(page) {
	await page.waitForSelector("[data-atlas][data-ready]");
	await page.waitForSelector(".atlas-mark");
}

async function tab_to(page, selector) {
	for (let n = 0; n < 60; n++) {
		await page.keyboard.press("Tab");
		if (await page.evaluate((s) => document.activeElement.matches(s), selector))
			return;
	}
	throw new Error(`Tab does not reach ${selector}`);
}

export async function map_steps(t) {
	const page = await person(t, "visitor");
	const at = () => page.evaluate(() => document.querySelector(".leaflet-map-pane").getBoundingClientRect().x);
	await step(`${t.name} map: from the places to the map`, async () => {
		await go(t, page, "/places");
		await page.click("a[href='/map']");
		await ready(page);
		await page.waitForTimeout(600);
		await look(t, page, "map");
	});
	await step(`${t.name} map: marks and list bear the same numbers`, async () => {
		let pairs = await page.evaluate(numbers);
		/* On a phone most of them may be in clusters: nearer, fewer are. */
		for (let n = 0; pairs.length <= 2 && n < 3; n++) {
			await page.focus(".atlas-live");
			await page.keyboard.press("+");
			await page.waitForTimeout(800);
			pairs = await page.evaluate(numbers);
		}
		must(pairs.length > 2, "hardly a mark has a number");
		must(pairs.every(([a, b]) => a === b), `not in step: ${JSON.stringify(pairs)}`);
	});
	await step(`${t.name} map: by keyboard`, async () => {
		await page.focus(".atlas-live");
		const before = await at();
		await page.keyboard.press("ArrowRight");
		await page.waitForTimeout(500);
		must(await at() < before, "an arrow does not move the map");
		await tab_to(page, ".atlas-mark[data-ref]");
		const ref = await page.evaluate(() => document.activeElement.dataset.ref);
		must(await page.evaluate(() => document.activeElement.getAttribute("aria-label").length > 3), "a mark has no name");
		const lit = await page.locator(`.atlas-line[data-ref="${ref}"].is-lit`).count();
		must(lit === await page.locator(`.atlas-line[data-ref="${ref}"]`).count(), "the list does not light up");
		await page.keyboard.press("Enter");
		await page.waitForFunction(() => document.activeElement.closest(".leaflet-popup"));
		must((await page.evaluate(() => document.activeElement.getAttribute("href"))) === `/places/${ref}`, "the link is another's");
		await page.keyboard.press("Escape");
		await page.waitForFunction((r) => document.activeElement.dataset.ref === r, ref);
	});
	await step(`${t.name} map: a cluster opens by keyboard`, async () => {
		await go(t, page, "/map");
		await ready(page);
		await page.locator(".atlas-cluster").first().focus();
		const before = await page.locator(".atlas-mark").count();
		await page.keyboard.press("Enter");
		await page.waitForFunction((n) => document.querySelectorAll(".atlas-mark").length !== n, before);
		must(await page.evaluate(() => document.activeElement.matches(".atlas-live")), "the focus is lost");
	});
	for (const query of ["layer=threads", "layer=density&level=region", "layer=density&level=epci", "dominant=culture"])
		await step(`${t.name} map: ${query}`, async () => {
			await go(t, page, `/map?${query}`);
			await page.waitForSelector("[data-atlas][data-ready]");
			await page.waitForTimeout(400);
			await look(t, page, `map-${query.replace(/\W/g, "-")}`);
		});
	await page.context().close();
	const plain = await person(t, "visitor", { javaScriptEnabled: false });
	await step(`${t.name} map: without JavaScript`, async () => {
		await go(t, plain, "/map");
		must(await plain.locator("svg.map a[href='#l-1']#m-1").count() === 1, "no mark leads to the list");
		await plain.click("#l-1 a[href='#m-1']");
		must(plain.url().endsWith("#m-1"), "no line leads to the map");
		await plain.selectOption("#f-layer", "density");
		await plain.click("[data-without-js]");
		await plain.waitForURL(/layer=density/);
		must(await plain.locator(".ramp-key li").count() === 6, "no key to the colours");
	});
	await plain.context().close();
}
