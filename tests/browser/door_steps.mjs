/* The journeys of a place's counter: somebody found by the beginning of her name signs the charter there, a pass
 * leads to what was booked, a pack is put on sale, sold and used up, the register adds up. */
import { go, look, must, offer, person, step } from "./stage.mjs";

/* Whoever signs differs from width to width: the charter is signed once. */
const unsigned = { 390: ["adele aub", "Adèle Aubépin"], 1280: ["AMEL BERL", "Amel Berlioux"] };

async function sent(page, button) {
	await Promise.all([page.waitForNavigation(), button.click()]);
}

/* Open at any hour: the journeys run at night too. */
async function open_always(t, page) {
	await go(t, page, "/host/settings");
	const hours = await page.inputValue("#f-opening");
	await set_hours(page, "Mo-Su 00:00-24:00", false);
	return hours;
}

async function set_hours(page, hours, holidays_off) {
	await page.fill("#f-opening", hours);
	await page.locator("input[type=checkbox][name=holidays_off]").setChecked(holidays_off);
	await sent(page, page.locator("form[action='/host/settings'] button.btn--primary"));
}

async function charter(t, page) {
	const [typed, name] = unsigned[t.width];
	await go(t, page, "/host/day");
	await page.fill("#f-who", typed);
	await sent(page, page.locator("#walk-in form[method=get] button"));
	const card = page.locator("#walk-in");
	must((await card.innerText()).includes(name), `${typed} does not find ${name}`);
	await look(t, page, "walk-in");
	const box = card.locator("input[type=checkbox][name=charter]");
	must(await box.count() === 1, "the charter is not there to be signed");
	await sent(page, card.locator("form[method=post] button"));
	must(await page.locator(".errors").count() === 1, "she came in without the charter");
	await go(t, page, `/host/day?who=${encodeURIComponent(typed)}`);
	await box.check();
	await sent(page, card.locator("form[method=post] button"));
	must((await page.locator("#here").textContent()).includes(name), "she is not among those who are here");
}

async function pass_twice(t, page, ines) {
	const pass = async () => (await (await ines.request.get(`${t.base}/api/v1/pass`)).json()).payload;
	await go(t, page, `/host/pass?code=${encodeURIComponent(await pass())}`);
	const arrive = page.locator("main form[action='/host/walk-ins'] button").first();
	await sent(page, arrive);
	must(/Inès/.test(await page.locator("#here").textContent()), "she is not among those who are here");
	await go(t, page, `/host/pass?code=${encodeURIComponent(await pass())}`);
	must(/Réservé pour aujourd’hui[\s\S]*Présent/.test(await page.locator("main").innerText()), "nothing says that she is here already");
	await look(t, page, "host-pass-here");
}

async function sell(t, page, name) {
	await go(t, page, "/host/packs/offers");
	await page.fill("#f-name", name);
	await page.fill("#f-units", "1");
	await page.fill("#f-price", "11");
	await page.fill("#f-months", "3");
	await sent(page, page.locator("form[action='/host/packs/offers'] button.btn--primary"));
	await go(t, page, t.place);
	must((await page.locator("main").innerText()).includes(name), "the place's page does not tell the pack");
	await go(t, page, "/host/packs");
	await page.selectOption("#f-offer", { label: await page.locator("#f-offer option", { hasText: name }).innerText() });
	await page.fill("#f-email", "ines@demo.example");
	await sent(page, page.locator("form[action='/host/packs/sell'] button.btn--primary"));
	must((await page.locator("main table").innerText()).includes(name), "the pack sold is not listed");
}

async function use_up(t, ines, name) {
	await go(t, ines, t.place);
	await (await offer(ines)).click();
	await ines.waitForURL(/\/book/);
	await ines.locator(".rights-row", { hasText: name }).locator("input[type=radio]").check();
	await ines.waitForLoadState();
	await sent(ines, ines.locator("button[form=quote]"));
	must((await ines.locator("main").innerText()).includes(name), "the booking is not on the pack");
	const booking = ines.url().split("?")[0];
	await go(t, ines, "/bookings");
	const left = ines.locator("tr", { hasText: name }).last();
	must(/0(,5)? j sur 1/.test(await left.innerText()), "what is left of the pack is not told");
	await ines.goto(`${booking}/cancel`);
	await sent(ines, ines.locator("main form[action$='/cancel'] button"));
}

export async function door_steps(t) {
	const page = await person(t, "malo"), ines = await person(t, "ines");
	const name = `Un jour d’essai ${t.width}`;
	let hours;
	await step(`${t.name} door: the place is open at any hour`, async () => void (hours = await open_always(t, page)));
	await step(`${t.name} door: found without accents, she signs the charter there`, () => charter(t, page));
	await step(`${t.name} door: a pass, twice`, () => pass_twice(t, page, ines));
	await step(`${t.name} door: a pack is put on sale, told and sold`, () => sell(t, page, name));
	await step(`${t.name} door: the pack is used up`, () => use_up(t, ines, name));
	await step(`${t.name} door: the register`, async () => {
		await go(t, page, "/host/bookings?sort=oldest");
		must(/Annulation tardive/.test(await page.locator("main").innerText()), "nobody cancelled late");
	});
	await step(`${t.name} door: the hours are as they were`, async () => {
		await go(t, page, "/host/settings");
		await set_hours(page, hours, true);
	});
	await ines.context().close();
	await page.context().close();
}
