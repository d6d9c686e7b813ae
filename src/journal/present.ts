/** A row without its NULL columns: what is not known is absent. */
export function present(row: object): object {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
