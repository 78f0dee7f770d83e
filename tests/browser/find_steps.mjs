/* Finding: words, filters with their counts, a town among namesakes, near me, list and
 * map in step, all of it by keyboard, on a phone, and without JavaScript. */
import { go, look, must, person, step } from "./stage.mjs";

const found = async (page) => Number((await page.locator(".home-head h2").innerText()).match(/\d+/)[0]);

async function open_filters(page) {
	if (!await page.locator(".facets").evaluate((d) => d.open))
		await page.click(".facets > summary");
}

async function filter(t, page) {
	await go(t, page, "/places");
	await page.fill("#f-q", "ateliers partagés");
	await page.press("#f-q", "Enter");
	await page.waitForURL(/q=ateliers/);
	const all = await found(page);
	must(all > 1, "hardly a place has a workshop to share");
	await open_filters(page);
	const facet = page.locator(".facet").first();
	const n = Number(await facet.locator(".n").innerText());
	await facet.click();
	await page.waitForURL(/is=/);
	must(await found(page) === n, `the filter promised ${n} and gives ${await found(page)}`);
	await look(t, page, "places-narrowed");
	await page.locator(".chips--on a").first().click();
	await page.waitForURL((u) => !u.search.includes("is="));
	must(await found(page) === all, "without the filter it is another search");
}

async function town(t, page) {
	await go(t, page, "/places");
	await page.focus("#f-where");
	await page.keyboard.type("saint-denis");
	await page.waitForSelector(".towns:not([hidden]) > li");
	await look(t, page, "places-towns");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("ArrowDown");
	const option = await page.evaluate(() => document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).dataset.label);
	await page.keyboard.press("Enter");
	must(await page.inputValue("#f-where") === option, "the town is not taken");
	await page.keyboard.press("Enter");
	await page.waitForURL(/where=Saint-Denis/);
	must(!await page.locator(".home-namesakes").count(), "a town that was chosen is asked about again");
	await go(t, page, "/places?where=Saint-Denis");
	must(/93200/.test(await page.locator(".home-namesakes").innerText()), "namesakes do not say their postal codes");
}

/* A line that is slow or down hides nothing that was typed, and an answer that comes late is not taken. */
async function suggestions(t, page) {
	const open = () => page.locator(".towns:not([hidden]) > li");
	const says = () => page.locator(".field--towns [role=status]").innerText();
	let asked = 0;
	await go(t, page, "/places");
	await page.route("**/api/v1/communes?**", async (r) => {
		await new Promise((done) => setTimeout(done, asked++ ? 0 : 800));
		await r.continue();
	});
	await page.focus("#f-where");
	await page.keyboard.type("lil");
	await page.waitForRequest(/communes/);
	await page.keyboard.type("le");
	await open().first().waitFor();
	await page.waitForTimeout(1200);
	must(/Lille/.test(await open().first().innerText()), "a late answer took the place of the newer");
	must(await says() !== "", "nothing is said of what is proposed");
	await page.keyboard.press("Escape");
	must(await open().count() === 0 && await says() === "", "Escape leaves the towns there, or what was said of them");
	must(await page.inputValue("#f-where") === "lille", "Escape takes what was typed");
	await page.unroute("**/api/v1/communes?**");
	await page.route("**/api/v1/communes?**", (r) => r.abort());
	await page.keyboard.type("r");
	await page.waitForTimeout(400);
	await page.unroute("**/api/v1/communes?**");
	await page.press("#f-where", "Enter");
	await page.waitForURL(/where=liller/);
}

async function back(t, page) {
	await go(t, page, "/places?where=Poitiers");
	const box = page.locator("input[name=free]"), promised = Number(await page.locator("label:has(input[name=free]) .n").innerText());
	await box.check({ force: true });
	await page.waitForURL(/free=1/);
	must(await found(page) === promised, `${promised} were said to be free, and ${await found(page)} are found`);
	await page.goBack();
	must(!await box.isChecked(), "back where nothing was ticked, the box still is");
	await page.goForward();
	must(await box.isChecked(), "forward again, the box is not ticked");
}

async function in_step(t, page) {
	await go(t, page, "/places?where=Poitiers");
	const pairs = await page.evaluate(() => [...document.querySelectorAll(".home-map-box .map-mark[data-ref]")].map((mark) => {
		const line = document.querySelector(`.found[data-ref="${mark.dataset.ref}"] .found-n`);
		return [mark.querySelector(".mark-n").textContent, line ? line.textContent.trim() : ""];
	}));
	must(pairs.length > 2 && pairs.every(([a, b]) => a === b), `not in step: ${JSON.stringify(pairs)}`);
	await page.locator(".home-map-box .map-mark").nth(1).focus();
	const ref = await page.evaluate(() => document.activeElement.dataset.ref);
	must(await page.locator(`.found[data-ref="${ref}"].is-lit`).count() === 1, "the list does not light up");
	await page.locator(".found-n").nth(1).focus();
	const other = await page.evaluate(() => document.activeElement.closest("[data-ref]").dataset.ref);
	must(await page.locator(`.home-map-box .is-lit[data-ref="${other}"]`).count() === 1, "the map does not light up");
}

async function keyboard(t, page) {
	await go(t, page, "/places?where=Poitiers");
	await open_filters(page);
	await page.focus(".facets > summary");
	await page.keyboard.press("Tab");
	must(await page.evaluate(() => document.activeElement.matches(".facet")), "Tab does not lead from the filters' head to the first");
	const n = await page.evaluate(() => Number(document.activeElement.querySelector(".n").textContent));
	await page.keyboard.press("Enter");
	await page.waitForURL(/is=/);
	must(await found(page) === n, "the filter gives another number than it promised");
}

async function near_me(t) {
	const page = await person(t, "visitor", { geolocation: { latitude: 46.583, longitude: .337 }, permissions: ["geolocation"] });
	await go(t, page, "/places");
	must(!/lat=/.test(page.url()), "the position was asked for before anybody pressed");
	await page.click("[data-near-me]");
	await page.waitForURL(/lat=4658000&lon=34000/);
	must(/\d km/.test(await page.locator(".found").first().innerText()), "no distance is told");
	await page.context().close();
}

async function plain(t) {
	const page = await person(t, "visitor", { javaScriptEnabled: false });
	await go(t, page, "/places");
	await page.fill("#f-where", "Poitiers");
	await page.click(".search button.btn--primary");
	await page.waitForURL(/where=Poitiers/);
	await page.click(".facets > summary");
	await page.locator(".facet").first().click();
	await page.waitForURL(/is=/);
	must(await found(page) > 0, "a filter finds nothing");
	must(!await page.locator("[data-near-me]").isVisible(), "a button is there that does nothing");
	await page.context().close();
}

async function everything(t, page) {
	await go(t, page, "/agenda");
	if (await page.locator("#head-q").isVisible()) {
		await page.fill("#head-q", "coopératives");
		await page.press("#head-q", "Enter");
	} else {
		await page.click(".head-search-link");
		await page.fill("#f-q", "coopératives");
		await page.press("#f-q", "Enter");
	}
	await page.waitForURL(/\/search\?q=coop/);
	must(await page.locator(".site-group").count() > 1, "one kind alone is found");
	await look(t, page, "search");
	const all = page.locator(".site-group .rule-head a").first();
	const n = Number((await all.innerText()).match(/\d+/)[0]);
	await all.click();
	await page.waitForURL(/\/(places|communities)\?/);
	must(new RegExp(`\\b${n}\\b`).test(await page.locator("main").innerText()), "all are not as many as was said");
}

export async function find_steps(t) {
	const page = await person(t, "visitor");
	await step(`${t.name} search: words, then a filter that keeps its promise`, () => filter(t, page));
	await step(`${t.name} search: a town among its namesakes, by keyboard`, () => town(t, page));
	await step(`${t.name} search: towns on a slow line, and none at all`, () => suggestions(t, page));
	await step(`${t.name} search: back and forward`, () => back(t, page));
	await step(`${t.name} search: list and map in step`, () => in_step(t, page));
	await step(`${t.name} search: filters by keyboard`, () => keyboard(t, page));
	await step(`${t.name} search: near me, on a press`, () => near_me(t));
	await step(`${t.name} search: without JavaScript`, () => plain(t));
	await step(`${t.name} search: everything, from the header`, () => everything(t, page));
	await page.context().close();
}
