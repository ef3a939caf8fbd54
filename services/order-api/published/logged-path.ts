/** A path as it may stand in a log: the address of a draft opens it for whoever reads that. */
export const loggedPath = (path: string): string => path.replace(/(\/previews\/[^-/]+)-.*/, '$1-…')
