import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		testTimeout: 30_000,
		// Two processes: the whole-story tests start a daemon of their own beside these.
		maxWorkers: 2,
	},
});
