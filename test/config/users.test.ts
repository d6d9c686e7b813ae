import { userInfo } from "node:os";
import { expect, test } from "vitest";
import { usersByNumber } from "../../src/config/users.ts";

test("a user's name becomes its number, and a number stays", () => {
	const { uid, username } = userInfo();
	expect(usersByNumber([username, 4_711])).toEqual(
		new Map([
			[uid, username],
			[4_711, "4711"],
		]),
	);
});

test.each(["nobody-has-this-name", "--help"])(
	"a user that the machine does not know is named: %s",
	(user) => {
		expect(() => usersByNumber([user])).toThrow(
			`config-invalid: expected users of this machine, which does not know ${user}`,
		);
	},
);
