/**
 * Resolves when all that was written down before the call is on disk; undefined when it is there already. What leaves
 * the process waits for it: a request to the server, a line to a POS program. Then nobody outside ever knows more than
 * the disk does, though the program itself goes on meanwhile ("Rethink the Sync", Nightingale and others, OSDI 2006).
 * Rejects with a FaultError `journal-failed` when the disk failed: what was to be told must not be.
 */
export type OnDisk = () => Promise<void> | undefined;

/** For a program that writes nothing down. */
export const nothingToSync: OnDisk = () => undefined;
