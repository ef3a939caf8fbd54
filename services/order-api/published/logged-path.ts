/** A path as it may stand in a log: the address of a draft, or of what only the checkout may see, opens it for whoever reads that. */
export const loggedPath = (path: string): string => path.replace(/(\/(?:previews|sales)\/[^-/]+)-.*/, '$1-…')
