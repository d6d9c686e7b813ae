import { expect, test } from "vitest";
import { Secret } from "../../src/model/secret.ts";
import { tokenDoor } from "../../src/pos/door.ts";
import { readMessage } from "../../src/pos/rpc.ts";
import { tokenCheck } from "../../src/pos/tokens.ts";
import { token } from "./counter.ts";

function knock(message: object | string) {
	const entered: string[] = [];
	const door = tokenDoor(tokenCheck([{ name: "till-3", token: new Secret(token) }]), (name, { client }) => {
		entered.push(`${client} by ${name}`);
	});
	const line = typeof message === "string" ? message : JSON.stringify({ jsonrpc: "2.0", id: 1, ...message });
	return { entered, knock: () => door.letIn(readMessage(line)) };
}

test("it opens to hello with a token, and says whose", () => {
	const { entered, knock: deed } = knock({
		method: "hello",
		params: { client: "me", token, heartbeatMs: 1_000 },
	});
	deed();
	expect(entered).toEqual(["me by till-3"]);
});

const hello = (params: object) => ({ method: "hello", params });

test.each([
	["another request", { method: "ping", params: { client: "me", token } }, /first message has to be hello/],
	["events.subscribe", { method: "events.subscribe" }, /first message has to be hello/],
	["a notification", { id: undefined, ...hello({ client: "me", token }) }, /first message has to be hello/],
	["what is no JSON", "GET / HTTP/1.1", /first message has to be hello/],
	["no token", hello({ client: "me" }), /hello has to say a token/],
	["an empty token", hello({ client: "me", token: "" }), /hello does not fit: token/],
	["a token that is none", hello({ client: "me", token: 7 }), /hello does not fit: token/],
	["a token beside other things", hello({ client: "me", token, more: 1 }), /hello does not fit/],
	["nobody's name", hello({ token }), /hello does not fit: client/],
	["a wrong token", hello({ client: "me", token: `${token}0` }), /is none of socket\.tokens/],
])("it stays closed to %s", (_, message, why) => {
	const { entered, knock: deed } = knock(message);
	expect(deed).toThrow(why);
	expect(deed).toThrow(/^not-allowed: .*; the connection is closed$/);
	expect(entered).toEqual([]);
});
