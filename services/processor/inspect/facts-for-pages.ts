/** Page facts stop here: no product takes more, and the count alone decides. */
export const factsForPages = 12_000
