/* The journeys that take several people: a host and who comes, three who sign a
 * convention, those who give back and those who count. */
import { go, host, look, must, person, step } from "./stage.mjs";

/* A day so many days from now, as links write it. */
function day(offset) {
	const d = new Date(Date.now() + offset * 86400000);
	return new Intl.DateTimeFormat("fr-CA", { timeZone: "Europe/Paris", year: "numeric", month: "2-digit", day: "2-digit" }).format(d);
}

/* "−14,5" as a number. */
function number(text) {
	return Number(text.trim().replace("−", "-").replace("+", "").replace(/[\s\u202f\u00a0]/g, "").replace(",", ".") || "0");
}

/* ---- arrive ---- */

/* The latest day on which somebody's coming was not recorded. */
async function forgotten(t, page) {
	for (let back = 0; back < 8; back++) {
		await go(t, page, `/host/day?day=${day(-back)}`);
		if (await page.locator("form[action$='/arrive']").count())
			return;
	}
	throw new Error("everybody's coming of a week is recorded");
}

export async function arrive(t) {
	const page = await person(t, "malo");
	const ines = await person(t, "ines");
	let code;
	await step(`${t.name} arrive: the host's day`, async () => {
		await go(t, page, "/host/day");
		await look(t, page, "host-day");
		await page.emulateMedia({ media: "print" });
		must(await page.locator(".day-paper").isVisible(), "the day sheet has no room for who comes without booking");
		await page.emulateMedia({ media: "screen" });
	});
	await step(`${t.name} arrive: one tap`, async () => {
		await forgotten(t, page);
		await look(t, page, "host-day-before");
		const tap = page.locator("form[action$='/arrive'] button");
		const before = await tap.count();
		code = /\/bookings\/[0-9a-z]{26}/.exec(await page.locator("form[action$='/arrive']").last().getAttribute("action"))[0];
		await tap.first().click();
		await page.waitForLoadState();
		must(await tap.count() < before || before === 0, "the arrival is not recorded");
		const undo = page.locator(".toasts form button");
		must(await undo.count() > 0, "the arrival cannot be undone");
		await undo.first().click();
		await page.waitForLoadState();
		must(await tap.count() === before, "the undone arrival does not wait again");
	});
	await step(`${t.name} arrive: the address in a booking's code`, async () => {
		must(code, "nobody waits");
		await go(t, page, code);
		await look(t, page, "host-booking");
		await page.locator(`main form[action='${code}/arrive'] button`).click();
		await page.waitForURL(/host\/day/);
		await go(t, page, code);
		must(await page.locator(`main form[action='${code}/arrive']`).count() === 0, "she can arrive twice");
	});
	await step(`${t.name} arrive: a pass, and what may be used with it`, async () => {
		await go(t, ines, "/pass");
		await look(t, ines, "pass");
		const pass = await (await ines.request.get(`${t.base}/api/v1/pass`)).json();
		await go(t, page, "/host/pass");
		await page.fill("#f-code", pass.payload);
		await page.click("main form[action='/host/pass'] button");
		await page.waitForLoadState();
		const found = await page.locator("main").innerText();
		must(/Inès/.test(found), "the pass is not read");
		must(/Plateau/.test(found), "nothing says what may be used");
		await look(t, page, "host-pass");
	});
	await step(`${t.name} arrive: the calendar`, async () => {
		await go(t, page, "/host/calendar");
		await look(t, page, "host-calendar");
		await page.getByRole("link", { name: "Mois", exact: true }).click();
		await page.waitForURL(/calendar\/month/);
		must(await page.locator(".table-month .is-today").count() === 1, "the month does not show today");
		await look(t, page, "host-month");
	});
	await ines.context().close();
	await page.context().close();
}

/* ---- bridge ---- */

async function propose(t, name) {
	const page = await person(t, "lucie");
	await go(t, page, "/conventions/new");
	await look(t, page, "convention-new");
	await page.fill("#f-name", name);
	await page.click("main form button.btn--primary");
	await page.waitForURL(/\/terms/);
	await look(t, page, "convention-terms");
	const path = /\/conventions\/[0-9a-z]{26}/.exec(page.url())[0];
	await page.locator("main form[action$='/terms'] button.btn--primary").click();
	await page.waitForURL(/\/parties/);
	for (const [community, side] of [[host, "host"], ["La Minoterie", "host"], ["Cardamine", "sender"]]) {
		const option = page.locator("#f-community option", { hasText: community }).first();
		await page.selectOption("#f-community", await option.getAttribute("value"));
		await page.selectOption("#f-side", side);
		await page.locator("main form[method=post][action$='/parties'] button").click();
		await page.waitForLoadState();
	}
	await look(t, page, "convention-parties");
	await page.locator("main form[action$='/propose'] button").click();
	await page.waitForLoadState();
	await page.context().close();
	return path;
}

async function sign(t, who, path) {
	const page = await person(t, who);
	await go(t, page, "/conventions");
	must(await page.locator(`main a[href^='${path}']`).count() > 0, `${who} is not told of what is to be signed`);
	await go(t, page, `${path}/text`);
	if (who === "claire")
		await look(t, page, "convention-sign");
	const form = page.locator("main form[action$='/sign']");
	if (await form.locator("input[type=date]").count())
		await form.locator("input[type=date]").fill(day(365));
	if (await form.locator("input[type=password]").count())
		await form.locator("input[type=password]").fill("tissons-des-liens");
	await form.locator("[name=insurance_kind]").fill("Responsabilité civile");
	await form.locator("[name=insurer]").fill("Mutuelle des Quatre Vents");
	await form.locator("[name=read][type=checkbox]").check();
	await form.locator("button").click();
	await page.waitForLoadState();
	must(await page.locator("main form[action$='/sign']").count() === 0, `${who} has not signed`);
	await page.context().close();
}

/* Later, by signing the same text; she was not invited. */
async function join(t, who, path, name) {
	const page = await person(t, who);
	await go(t, page, "/conventions");
	await page.locator("main li", { hasText: name }).getByRole("link", { name: "Lire" }).click();
	await page.waitForURL(/\/text/);
	await look(t, page, "convention-join");
	const form = page.locator("main form[action$='/join']");
	await form.locator("[name=side]").selectOption("host");
	await form.locator("[name=read][type=checkbox]").check();
	await form.locator("input[type=password]").fill("tissons-des-liens");
	await form.locator("button").click();
	await page.locator("main form[action$='/join']").waitFor({ state: "detached" });
	must(await page.locator(".signed-note", { hasText: "4 signatures" }).count() === 1, "the fourth signature is not told");
	await page.context().close();
}

/* A second text, proposed; who reads the first is told, and signs the one that she reads. */
async function amend(t, path) {
	const page = await person(t, "lucie"), claire = await person(t, "claire");
	await go(t, page, `${path}/documents`);
	await look(t, page, "convention-documents");
	await page.fill("#f-in_force", day(40));
	await page.locator("main form[action$='/amend'] button").click();
	await page.waitForURL(/\/terms/);
	await page.fill("#f-due_days", "90");
	await page.locator("main form[action$='/terms'] button[name=preview]").click();
	await page.locator(".terms-narrow", { hasText: "90 jours" }).waitFor();
	await page.locator("main form[action$='/terms'] button.btn--primary").click();
	await page.waitForURL(/\/parties/);
	await page.locator("main form[action$='/propose'] button").click();
	await page.waitForURL(/\/text/);
	await go(t, claire, `${path}/text?version=1`);
	must(await claire.locator(".alert", { hasText: "version 2" }).count() === 1, "nothing says that there is a newer text");
	await claire.locator(".alert a").click();
	await claire.locator("main form[action$='/sign']").waitFor();
	await look(t, claire, "convention-amended");
	await page.context().close();
	await claire.context().close();
	await sign(t, "claire", path);
}

async function quoted(t, name) {
	const page = await person(t, "ines");
	await go(t, page, t.place);
	await page.locator("a.btn--primary[href^='/spaces/'], .week-nav a").first().waitFor();
	for (let n = 0; n < 4 && !(await page.locator("a.btn--primary[href^='/spaces/']").count()); n++)
		await page.locator(".week-nav a").last().click();
	await page.locator("a.btn--primary[href^='/spaces/']").first().click();
	await page.waitForURL(/\/book/);
	const says = await page.locator("main").textContent();
	await page.context().close();
	return says.includes(name);
}

async function follow(t) {
	const page = await person(t, "claire");
	await step(`${t.name} bridge: the follow-up of one`, async () => {
		await go(t, page, "/conventions");
		await look(t, page, "conventions");
		await page.locator("main a[href^='/conventions/']").filter({ hasText: /CAP/ }).first().click();
		await page.waitForURL(/conventions\/[0-9a-z]{26}/);
		await look(t, page, "convention");
		t.convention = /\/conventions\/[0-9a-z]{26}/.exec(page.url())[0];
	});
	for (const tab of ["exchanges", "text", "people"])
		await step(`${t.name} bridge: ${tab}`, async () => {
			must(t.convention, "no convention was reached");
			await go(t, page, `${t.convention}/${tab}`);
			await look(t, page, `convention-${tab}`);
		});
	await page.context().close();
}

/* The network's board: its cells open pairs, its chips leave out the others. */
async function board(t) {
	const page = await person(t, "lucie");
	await step(`${t.name} bridge: the board of who runs the programme`, async () => {
		must(t.convention, "no convention was reached");
		await go(t, page, `${t.convention}/board`);
		await look(t, page, "board");
		const cells = page.locator(".board tbody td > a");
		const all = await cells.count();
		await page.locator(".chip--count", { hasText: "déséquilibré" }).click();
		await page.waitForURL(/show=uneven/);
		must(await cells.count() > 0 && await cells.count() < all, "the filter leaves out nothing");
		await cells.first().click();
		await page.waitForURL(/statement\?with=/);
		await look(t, page, "board-pair");
	});
	await page.context().close();
}

export async function bridge(t) {
	const name = `Pont d’essai ${t.width}`;
	let path;
	await step(`${t.name} bridge: proposed to three`, async () => {
		path = await propose(t, name);
		must(!(await quoted(t, name)), "a right shows before anybody signed");
	});
	for (const who of ["malo", "claire", "joanna"])
		await step(`${t.name} bridge: ${who} signs`, async () => {
			must(path, "nothing was proposed");
			await sign(t, who, path);
		});
	await step(`${t.name} bridge: the right shows at once`, async () => must(await quoted(t, name), "the right does not show"));
	await step(`${t.name} bridge: a fourth joins later, by the same text`, async () => join(t, "odile", path, name));
	await step(`${t.name} bridge: a second text is signed by who reads it`, async () => amend(t, path));
	await follow(t);
	await board(t);
}

/* ---- give back ---- */

async function balance(t, page) {
	await go(t, page, `${t.convention}/statement`);
	return number(await page.locator("table.entries tfoot td").last().innerText());
}

/* A workshop that a cooperative held at the place, closed some days ago. */
async function held(t, page) {
	for (let back = 1; back < 14; back++) {
		await go(t, page, `/host/day?day=${day(-back)}`);
		const line = page.locator(".arrival", { hasText: "Cardamine" }).locator("a[href$='/attendance']");
		if (await line.count())
			return line.first().getAttribute("href");
	}
	throw new Error("no workshop was held for two weeks");
}

export async function give_back(t) {
	const page = await person(t, "sophie");
	let path;
	await step(`${t.name} give back: one is announced as counterpart`, async () => {
		await go(t, page, "/workshops/new");
		await look(t, page, "workshop-new");
		const place = page.locator("#f-place option", { hasText: host }).first();
		await page.selectOption("#f-place", await place.getAttribute("value"));
		await page.waitForURL(/place=/);
		const space = page.locator("#f-space option", { hasText: "Salle du Clain" }).first();
		await page.selectOption("#f-space", await space.getAttribute("value"));
		await page.fill("#f-title", `Préparer sa rentrée ${t.width}`);
		await page.fill("#f-trainer", "Yanis Berthomé");
		await page.fill("#f-capacity", "1");
		await page.fill("#f-from", "17:00");
		await page.fill("#f-to", "19:00");
		const counterpart = page.locator("#f-convention option[value]:not([value=''])", { hasText: "CAP" }).first();
		await page.selectOption("#f-convention", await counterpart.getAttribute("value"));
		/* The room is taken on some days, the place closed on others. */
		for (let on = 15; on < 25 && !/\/workshops\/[0-9a-z]{26}/.test(page.url()); on++) {
			t.announced = day(on);
			await page.fill("#f-day", t.announced);
			await page.locator("main form[method=post] button.btn--primary").click();
			await page.locator("main .ticket, main .errors").first().waitFor();
		}
		must(/\/workshops\/[0-9a-z]{26}/.test(page.url()), `not announced: ${await page.locator("main .errors, main h1").last().innerText()}`);
		path = new URL(page.url()).pathname;
		must(/au titre d’une convention/.test(await page.locator("main").innerText()), "nothing says that it is given back");
		await look(t, page, "workshop-announced");
	});
	await step(`${t.name} give back: its room is booked, and told so to its host`, async () => {
		must(path, "nothing was announced");
		const malo = await person(t, "malo");
		await go(t, malo, `/host/day?day=${t.announced}`);
		must(await malo.locator("main", { hasText: `Préparer sa rentrée ${t.width}` }).count() > 0, "the host's day does not show the workshop");
		await malo.context().close();
	});
	await step(`${t.name} give back: enrol, wait, withdraw: the list moves by itself`, async () => {
		must(path, "nothing was announced");
		const ines = await person(t, "ines"), theo = await person(t, "theo");
		await go(t, ines, path);
		await ines.locator("form[action$='/enrol'] button").click();
		await ines.locator("form[action$='/withdraw'] button").waitFor();
		await look(t, ines, "workshop-enrolled");
		await go(t, theo, path);
		await theo.locator("form[action$='/enrol'] button").click();
		const waits = theo.getByText("En liste d’attente", { exact: true });
		await waits.waitFor();
		await look(t, theo, "workshop-waiting");
		await ines.locator("form[action$='/withdraw'] button").click();
		await ines.locator("form[action$='/enrol'] button").waitFor();
		await go(t, theo, path);
		must(await waits.count() === 0, "the place that was given up is nobody's");
		must(await theo.locator("form[action$='/withdraw']").count() === 1, "he is not in");
		await ines.context().close();
		await theo.context().close();
	});
	await step(`${t.name} give back: the host closes the attendance, the credit is in the balance`, async () => {
		const malo = await person(t, "malo");
		const attendance = await held(t, malo);
		const closed = await balance(t, page);
		await go(t, malo, attendance);
		await malo.locator("form[action$='/reopen'] button").click();
		await malo.locator("form[action$='/mark']").first().waitFor();
		const open = await balance(t, page);
		await look(t, malo, "attendance");
		const people = await malo.locator("form[action$='/mark']").count();
		for (let n = 0; n < people; n++) {
			await malo.locator("form[action$='/mark']").nth(n).locator("button[value=present]").click();
			await malo.waitForLoadState();
		}
		await malo.locator("form[action$='/close'] button").click();
		await malo.locator("form[action$='/reopen'] button").waitFor();
		const after = await balance(t, page);
		must(after > open, `the balance stays at ${open}`);
		must(after >= closed, `the balance was ${closed}, it is ${after}`);
		await malo.context().close();
	});
	await page.context().close();
}

/* ---- statement ---- */

export async function statement(t) {
	const page = await person(t, "sophie");
	await step(`${t.name} statement: a period chosen, the sums of the file are those of the page`, async () => {
		must(t.convention, "no convention was reached");
		await go(t, page, `${t.convention}/statement`);
		await page.locator(".chip", { hasText: "Ce trimestre" }).click();
		await page.waitForURL(/from=/);
		must(await page.locator(".chip[aria-current]").count() === 1, "the chosen period is not said");
		must(await page.locator(".paper-foot svg.qr").count() === 1, "no code to check the statement");
		await look(t, page, "statement");
		const answer = await page.request.get(t.base + await page.locator("a[href*='statement.csv']").getAttribute("href"));
		const rows = (await answer.text()).trim().split(/\r?\n/).map((l) => l.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((v) => v.replace(/^"|"$/g, "")));
		const columns = ["days", "due", "given"].map((name) => rows[0].indexOf(name));
		const feet = (await page.locator("table.entries tfoot td").allInnerTexts()).map(number);
		columns.forEach((column, n) => {
			const lines = rows.slice(1).filter((r) => !["opening", "closing"].includes(r[1]));
			const sum = lines.reduce((a, r) => a + Math.round(number(r[column] ?? "") * 1000), 0) / 1000;
			must(sum === feet[n], `${rows[0][column]}: ${sum} in the file, ${feet[n]} on the page`);
		});
	});
	await step(`${t.name} statement: the PDF, and the address printed on it`, async () => {
		const answer = await page.request.get(t.base + await page.locator("a[href*='statement.pdf']").getAttribute("href"));
		const body = await answer.body();
		must(answer.status() === 200 && body.subarray(0, 5).toString() === "%PDF-", "it is no PDF");
		must(body.length > 5000 && body.subarray(-1024).toString("latin1").includes("%%EOF"), "it is cut off");
		const verify = /\/v\/[0-9a-z]{26}\?f=[0-9a-f]+/.exec(await page.locator(".paper-foot").innerText())[0];
		await go(t, page, verify);
		must(await page.locator(".says").count() > 0, "nothing says whether it is in the chain");
		await look(t, page, "fingerprint");
	});
	await page.context().close();
}
