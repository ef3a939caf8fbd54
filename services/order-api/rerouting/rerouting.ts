import type { Static } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Refused } from '#chassis/errors.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { AccountTerms, accountTermsSql } from '../auth/terms-row.ts'
import { createChooseNext } from '../orders/choose-next.ts'
import type { ChooseNext } from '../orders/next-facility.ts'
import type { PriceDirectory } from '../quotes/price-directory.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import type { FacilityDirectory } from '../routing/facility-directory.ts'
import type { LoadDirectory } from '../routing/load-directory.ts'

/** What a decision about another facility is made of. */
export type Rerouting = {
  readonly database: Database
  readonly facilities: FacilityDirectory
  readonly prices: PriceDirectory
  readonly load: LoadDirectory
  readonly now: () => Date
}

const termsSql = `select ${accountTermsSql} as row from orders o join accounts a on a.id = o.account_id where o.id = :id::text`

/** The terms of an order's account and the prices, as they are now. Throws Refused `not_found`. */
export async function factsOf(
  rerouting: Rerouting,
  orderId: string,
): Promise<{ readonly terms: Static<typeof AccountTerms>; readonly data: PriceData }> {
  const [terms] = await rerouting.database.rows(AccountTerms, termsSql, { id: orderId })
  if (!terms) throw new Refused('not_found', `There is no order ${orderId}.`)
  return { terms, data: await readPriceData(rerouting, terms) }
}

/** Chooses for the items of one order by facilities, prices and the policy of its account, as they are now. */
export const chooserFor = async (rerouting: Rerouting, orderId: string): Promise<ChooseNext> =>
  createChooseNext((await factsOf(rerouting, orderId)).data)
