/** A text of somebody else's for a terminal: without characters that could steer it. */
export const clean = (text: string) => text.replace(/\p{C}+/gu, " ");
