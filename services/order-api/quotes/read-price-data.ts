import { taxTable } from '#contracts/taxes/tax-table.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { AccountTerms } from '../auth/principal.ts'
import type { FacilityDirectory } from '../routing/facility-directory.ts'
import type { LoadDirectory } from '../routing/load-directory.ts'
import type { PriceDirectory } from './price-directory.ts'

type Context = {
  readonly facilities: FacilityDirectory
  readonly prices: PriceDirectory
  /** Absent: what facilities have to do does not count. */
  readonly load?: LoadDirectory
  readonly now: () => Date
}

/**
 * The data as they are now, with what an account's orders are routed by: from memory once the directories are warm, whatever the database
 * does.
 */
export async function readPriceData(context: Context, terms?: Pick<AccountTerms, 'routing'>): Promise<PriceData> {
  const [facilities, books, loadOf] = await Promise.all([
    context.facilities.all(),
    context.prices.all(),
    context.load?.now(),
  ])
  return { facilities, books, taxes: taxTable, now: context.now(), policy: terms?.routing ?? undefined, loadOf }
}
