import { Refused } from '#chassis/errors.ts'
import type { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import type { ItemFiles } from '#contracts/order-api/order-request.ts'
import type { PreflightRequest } from '#contracts/order-api/preflight.ts'
import type { Issue } from '#contracts/parse.ts'
import type { Principal } from '../auth/principal.ts'
import { whyMissing } from '../files/why-missing.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { fileIdsOf } from '../orders/sources.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import type { ApiContext } from '../routes/context.ts'
import { checkPreflight } from './check-preflight.ts'
import { insertPreflight } from './insert-preflight.ts'
import { mostRunning } from './limits.ts'
import { madeAt, preflightTicketOf } from './preflight-ticket.ts'

type Parts = Pick<ApiContext, 'database' | 'facilities' | 'prices' | 'load' | 'changer' | 'now'>

/** Writes a preflight and rings for it. Throws Refused: `invalid_request`, `rate_limited`. */
export async function startPreflight(
  context: Parts,
  principal: Principal,
  request: PreflightRequest,
): Promise<PreflightTicket> {
  const { database, changer, now: clock } = context
  wantNone(checkPreflight(request))
  const data = request.country === undefined ? undefined : await readPriceData(context, principal.terms)
  const made = madeAt(request, principal.terms.currency, data)
  if (!isMade(made)) throw unacceptable(made)
  const now = clock()
  const ticket = preflightTicketOf(request, principal, made, { now, makeId: makeIdAt(() => now) })
  const ringAt = new Date(now.getTime() + changer.patienceSeconds * 1000)
  const fileIds = fileIdsOf(request.files).map(({ id }) => id)
  const inserted = await insertPreflight(database, { ticket, facilityId: made.facilityId, fileIds, now, ringAt })
  if (inserted.outcome === 'files_missing') {
    throw unacceptable(await whyMissing(database, principal.accountId, missing(request.files, inserted.missing)))
  }
  if (inserted.outcome === 'too_many') throw tooMany(principal)
  // A bell that is not heard is rung again by the sweeper.
  void changer.ring([{ id: ticket.ticketId, queue: 'process', body: ticket }])
  return ticket
}

const isMade = (made: ReturnType<typeof madeAt>): made is Exclude<typeof made, readonly Issue[]> => !Array.isArray(made)

function wantNone(issues: readonly Issue[]): void {
  if (issues.length > 0) throw unacceptable(issues)
}

const unacceptable = (issues: readonly Issue[]): Refused =>
  new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues)

const tooMany = ({ isTest }: Principal): Refused =>
  new Refused(
    'rate_limited',
    `${mostRunning} ${isTest ? 'test' : 'live'} preflights of this account are running, which is as many as may. Ask again when one is over; nothing was done.`,
  )

const missing = (files: ItemFiles, ids: readonly string[]) =>
  fileIdsOf(files)
    .filter(({ id }) => ids.includes(id))
    .map(({ id, pointer }) => ({ id, pointer: `/files${pointer}` }))
