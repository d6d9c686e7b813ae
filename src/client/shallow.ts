/** Far more than anything that kassad says; code that walks through a value one call a level still gets through it. */
const mostLevels = 100;

/** Whether a value of JSON is nested no deeper than can be walked through. */
export function isShallow(value: unknown, levels = mostLevels): boolean {
	if (typeof value !== "object" || value === null) return true;
	return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
