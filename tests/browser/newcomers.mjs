/* Those who have no account yet: a stranger who comes to book a desk, and whom a
 * cooperative invites with a table. Their letters are read where a demo keeps them. */
import { go, look, must, offer, password, person, step } from "./stage.mjs";

/* The link of the last letter to an address, on our own server. */
async function letter(t, to, what) {
	const page = await person(t, "camille");
	await go(t, page, "/operator/mail");
	await page.locator("tr", { hasText: to }).first().locator("a.title-link").click();
	await page.locator("pre.letter").waitFor();
	await look(t, page, "letter");
	const link = new RegExp(`https?://[^/]+(/${what}\\?token=\\S+)`).exec(await page.locator("pre.letter").innerText());
	must(link, `no link to ${what} in the letter`);
	await page.context().close();
	return link[1];
}

export async function stranger(t) {
	const page = await person(t, "visitor");
	const address = `zoe.${t.name.toLowerCase()}@essai.example`;
	await step(`${t.name} stranger: from a desk to a new account`, async () => {
		await go(t, page, t.place);
		await (await offer(page)).click();
		await page.waitForURL(/\/sign-in\?next=/);
		await page.click("main a[href^='/sign-up']");
		await page.fill("#f-name", "Zoé Marchand");
		await page.fill("#f-email", address);
		await page.fill("#f-password", password);
		await page.click(".entry-form button[type=submit]");
		await page.waitForURL(/\/sign-up\/sent/);
		await look(t, page, "sign-up-sent");
	});
	await step(`${t.name} stranger: the link of the letter, once`, async () => {
		const path = await letter(t, address, "confirm");
		await go(t, page, path);
		await look(t, page, "confirm");
		await page.fill("#f-password", password);
		await page.click(".entry-form button[type=submit]");
		await page.waitForURL(/\/spaces\/.*\/book/);
		must(/confirmée/.test(await page.locator(".toast").innerText()), "nothing says that the address is confirmed");
		must((await page.goto(t.base + path)).status() === 410, "the link is good twice");
		must(await page.locator("main a[href='/reset']").count() === 1, "no way to another link");
	});
	await step(`${t.name} stranger: the first booking, in her own name`, async () => {
		await go(t, page, t.place);
		await (await offer(page)).click();
		await page.waitForURL(/\/book/);
		await look(t, page, "book-stranger");
		await page.locator("main button.btn--primary", { hasText: /Confirmer|Demander/ }).first().click();
		await page.waitForURL(/\/bookings\/[0-9a-z]{26}/);
		await go(t, page, "/bookings");
		must(await page.locator("main a[href^='/bookings/']").count() > 0, "the booking is not listed");
	});
	await page.context().close();
}

export async function invited(t) {
	const page = await person(t, "claire");
	const address = `lila.${t.name.toLowerCase()}@essai.example`;
	await step(`${t.name} invited: a table is read before anything is sent`, async () => {
		await go(t, page, "/people");
		await page.locator("main a[href$='/invitations']").first().click();
		await page.fill("#f-text", `Nom;Courriel;Statut\nLila Ferrand;${address};CESA\nLila;${address};CAPE\nInès;ines@demo.example;CAPE\nÉlodie;élodie@essai.example;CAPE\n`);
		await page.click("form[action$='/invitations/table'] button[type=submit]");
		await page.waitForURL(/\/preview/);
		must(await page.locator(".badge--pastel").count() === 1, "not one invitation would go");
		must(await page.locator(".badge--pierre").count() === 3, "not three lines are put aside");
		await look(t, page, "invite-preview");
		await page.click("form[action$='/send'] button");
		await page.waitForURL(/\/invitations$/);
		await look(t, page, "invitations");
	});
	await step(`${t.name} invited: she accepts by the link, with a new account`, async () => {
		const her = await person(t, "visitor");
		await go(t, her, await letter(t, address, "invitations/accept"));
		await look(t, her, "accept");
		await her.fill("#f-password", password);
		await her.click("form[action='/invitations/accept'] button");
		await her.waitForURL(/\/account\/memberships/);
		must(/Cardamine/.test(await her.locator("main").innerText()), "the membership is not hers");
		await look(t, her, "first-membership");
		await her.context().close();
		await go(t, page, "/people?q=Lila");
		must(await page.locator("main table tbody tr").count() >= 1, "she is not among the people");
	});
	await page.context().close();
}
