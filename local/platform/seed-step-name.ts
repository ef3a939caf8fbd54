/** The step between the cloud and order-api: tables, test account, facilities, keys of the checkout. */
export const seedStepName = 'seed'
