/**
 * A till promises 2000 ms from the cable's return to a scanner that can be used. An emulated machine beside other
 * programs is slower, so here the promise is told beside what was measured, and the limit only catches what hangs.
 */
export const mostAwayMs = 10_000;
