import { stringify } from "yaml";
import type { MockPayApi } from "../pay-api.ts";
import type { PostbackOptions } from "./postman.ts";

/** The environment variables of kassad's process that its passwords are taken from. */
export const variables = { pay: "KASSAD_PAY_PASSWORD", postback: "KASSAD_POSTBACK_PASSWORD" } as const;

type Access = { readonly login: string; readonly caFile: string; readonly postback?: PostbackOptions };

/** What kassad.yaml has to say for a till to use this server, in YAML; all other keys stay as they are. */
export function tillSettings({ url }: Pick<MockPayApi, "url">, { login, caFile, postback }: Access): string {
	return stringify({
		payApi: {
			environment: "test",
			baseUrl: { test: url },
			login,
			password: { env: variables.pay },
			caFile,
			postback: postback === undefined ? null : listening(postback),
		},
	});
}

/** As the address that was told to the server has it; the limits are those of the shipped example. */
function listening({ url, login }: PostbackOptions): object {
	const { protocol, hostname, port, pathname } = new URL(url);
	const isPlain = protocol === "http:";
	return {
		host: isPlain ? hostname : "0.0.0.0",
		port: Number(port) || (isPlain ? 80 : 443),
		path: pathname,
		login,
		password: { env: variables.postback },
		tls: isPlain ? null : { certFile: "postback.crt", keyFile: "postback.key" },
		mostBodyBytes: 65_536,
		mostConnections: 16,
		requestMs: 5_000,
		idleMs: 30_000,
		keepMs: 10_000,
	};
}
