import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		setupFiles: ["test/seed.ts"],
		testTimeout: 30_000,
		// A whole-story test starts a daemon and three mocks before its first test.
		hookTimeout: 60_000,
		// Two processes: the whole-story tests start a daemon of their own beside these.
		maxWorkers: 2,
	},
});
