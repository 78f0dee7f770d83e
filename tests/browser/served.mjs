/* A server of ours, started on a free port of loopback. */
import { spawn } from "node:child_process";

/* `args` follow "serve". Resolves when it listens: its address, the errors it has
 * logged, how to stop it, and when it has ended. */
export async function served(program, args) {
	const child = spawn(program, ["serve", "--listen", "127.0.0.1:0", ...args], { stdio: ["ignore", "pipe", "pipe"] });
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
		stop: () => child.kill("SIGTERM"),
		ended: new Promise((done) => child.on("exit", done)),
	};
}
