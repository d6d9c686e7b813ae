import { expect, test } from "vitest";
import { keyboardWedge } from "../../drivers/scanners/keyboard-wedge.ts";
import { inhibitRule, inhibitRuleOf } from "../../src/ports/inhibit-rule.ts";

test("the rule names the maker, or one product, and gives the switch to kassad's group", () => {
	expect(inhibitRule("0c2e")).toBe(
		'ACTION!="remove", SUBSYSTEM=="input", KERNEL=="input*", ATTR{id/vendor}=="0c2e", TEST=="inhibited", ' +
			'RUN+="/bin/chgrp kassad %S%p/inhibited", RUN+="/bin/chmod g+w %S%p/inhibited"',
	);
	expect(inhibitRule("0c2e", "0b61")).toContain('ATTR{id/vendor}=="0c2e", ATTR{id/product}=="0b61", TEST');
});

test("only marks of keyboards have a rule", () => {
	for (const mark of keyboardWedge.marks) expect(inhibitRuleOf(mark)).toBe(inhibitRule(mark.vendorId));
	expect(inhibitRuleOf({ vendorId: "0c2e", usagePage: 0x8c, usage: 0x02 })).toBe("");
	expect(inhibitRuleOf({ vendorId: "0c2e", usagePage: 0x01, usage: 0x02 })).toBe("");
	expect(inhibitRuleOf({ vendorId: "0c2e" })).toBe("");
});
