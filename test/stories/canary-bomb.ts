/*
 * Loaded before a process by `node --import`: at a signal an error breaks out that nobody catches, as a fault in the
 * code would, with secrets in its text and on it.
 */
const { KASSAD_PAY_PASSWORD: password, KASSAD_BRAND_KEY: key } = process.env;
const error = () =>
	Object.assign(new TypeError(`expected no secret. Received '${password}'`), { request: { key, password } });

process.on("SIGUSR2", () => {
	throw error();
});
process.on("SIGHUP", () => void Promise.reject(error()));
