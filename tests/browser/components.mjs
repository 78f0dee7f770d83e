/* The page of components: light and dark, phone to desktop, it is free of axe
 * violations, never scrolls sideways, and loads nothing that the strict
 * Content-Security-Policy refuses.
 *
 *	node tests/browser/components.mjs
 */
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const faults = [];

function serve(dir) {
	const server = createServer((req, res) => {
		const path = normalize(decodeURIComponent(new URL(req.url, "http://x").pathname));
		let body;
		try {
			body = readFileSync(join(dir, path));
		} catch {
			res.writeHead(404).end();
			return;
		}
		res.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain", "content-security-policy": policy });
		res.end(body);
	});
	return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

async function check(page, where, url) {
	await page.goto(url);
	await page.evaluate(() => document.fonts.ready);
	if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
		faults.push(`${where}: scrolls sideways`);
	await page.evaluate(axe);
	const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
	for (const v of found.violations)
		faults.push(`${where}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
}

const dir = mkdtempSync(join(tmpdir(), "components-"));
execFileSync(join(root, "web/build.sh"), [join(dir, "s")], { stdio: ["ignore", "ignore", "inherit"] });
copyFileSync(join(root, "web/components.html"), join(dir, "components.html"));
const server = await serve(dir);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
let looks = 0, failed = 0;
try {
	for (const colorScheme of ["light", "dark"])
		for (const width of [390, 820, 1280]) {
			const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
			const page = await context.newPage();
			const where = `components ${width} ${colorScheme}`;
			page.on("console", (m) => m.type() === "error" && faults.push(`${where}: ${m.text()}`));
			page.on("pageerror", (e) => faults.push(`${where}: ${e}`));
			await check(page, where, `http://127.0.0.1:${server.address().port}/components.html`);
			looks++;
			failed += faults.some((f) => f.startsWith(where)) ? 1 : 0;
			await context.close();
		}
} finally {
	await browser.close();
	server.close();
	rmSync(dir, { recursive: true });
}
for (const f of faults)
	console.error(f);
console.log(`${looks - failed} passed, ${failed} failed`);
process.exit(faults.length ? 1 : 0);
