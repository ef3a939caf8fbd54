/** The platform's own checkout has an account like any other; its orders are those of the accounts that it acts for. */
export const checkoutAccountName = 'Printcloud checkout'
