/**
 * The documents `d` of a condition, locked. Whoever changes more than one takes them in the order of their paths: two statements that took them
 * in another order would wait for each other, and the database would undo one of them.
 */
export const lockedSql = (condition: string): string =>
  `select d.path from documents d where ${condition} order by d.path for update`
