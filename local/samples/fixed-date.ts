/** The date in sample files, so that they are the same bytes whenever they are made. */
export const fixedDate = new Date('2026-01-01T00:00:00Z')
