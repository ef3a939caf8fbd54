/** So many preflights of one account run at once, in the test world and in the live one each. */
export const mostRunning = 20

/** A small file is answered by then in the first answer already. */
export const answeredWithinMilliseconds = 1_900

/** What no processor answered by then has failed: nobody waits for ever. */
export const givenUpAfterSeconds = 3_600

/** Rows are removed after this; so is what lies under `preflights/`, by a rule of the bucket. */
export const keptDays = 7

export const linkSeconds = 900
