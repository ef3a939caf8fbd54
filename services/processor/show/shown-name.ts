/** The picture of a source's page in the job folder. */
export const shownName = (source: number, page: number): string => `shown-${source}-${page}.jpg`
