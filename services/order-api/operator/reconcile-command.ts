import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Transient } from '#chassis/errors.ts'
import { createLog } from '#chassis/log.ts'
import { askAboutShipped } from '../restore/ask-again.ts'
import { type Standing, standingOf, standings } from '../restore/compare-claims.ts'
import { holdOpenOrders, releaseOpenOrders } from '../restore/hold-open-orders.ts'
import { knownItems } from '../restore/known-items.ts'
import { type ClaimFound, readClaims } from '../restore/read-claims.ts'
import { isoTime } from '../store/order-rows.ts'
import { createOrderStore } from '../store/order-store.ts'
import { exitCodes, OperatorFault, usageFault } from './operator-fault.ts'
import type { OperatorWorld, Told } from './run-operator.ts'
import { textList, textTable } from './text-table.ts'

export type WantedReconciliation = { readonly since: string | undefined; readonly hold: 'on' | 'off' | 'as_it_is' }

/** Clocks of facilities differ, and a claim comes before its status. */
const marginMilliseconds = 10 * 60_000
/** Once the services run again, the newest thing that the database knows says little about the moment it was restored to. */
const unsaidMilliseconds = 24 * 3_600_000
/** What is released now is rung for by the worker's sweep, which has the queues. */
const patienceSeconds = 0

/**
 * reconcile: what facilities took, held against what a restored database knows. Before anything is released again, and as often as
 * wanted. Throws OperatorFault for a wrong time and where the bucket does not answer, Transient where the database does not.
 */
export async function reconcile(world: OperatorWorld, { since, hold }: WantedReconciliation): Promise<Told> {
  const { database } = world
  const known = since === undefined ? await lastKnown(database) : timeOf(since)
  const from = new Date(known.getTime() - (since === undefined ? unsaidMilliseconds : marginMilliseconds))
  const changed = await setHold(world, hold)
  const claims = await readClaims(world.claims(), from).catch(unanswered)
  const items = await knownItems(database, claims)
  const compared = claims.map((claim) => ({ claim, standing: standingOf(claim, items.get(claim.jobId)) }))
  const counts = Object.fromEntries(standings.map((each) => [each, of(compared, each).length]))
  return {
    text: `${headOf(known, from, claims.length)}${summaryOf(compared)}${standings.map((each) => partOf(each, of(compared, each))).join('')}${holdWords(hold, changed)}`,
    json: {
      ...{
        since: known.toISOString(),
        from: from.toISOString(),
        claims: claims.length,
        ...counts,
        held: hold === 'on' ? changed : 0,
      },
      ...{ released: hold === 'off' ? changed : 0 },
      data: compared.filter(({ standing }) => standing !== 'known').map(({ claim, standing }) => json(claim, standing)),
    },
  }
}

function unanswered(cause: unknown): never {
  if (!(cause instanceof Transient)) throw cause
  throw new OperatorFault(exitCodes.unavailable, [`${cause.message}.`, 'Nothing was compared: run it again.'], {
    cause,
  })
}

type Compared = { readonly claim: ClaimFound; readonly standing: Standing }

const of = (compared: readonly Compared[], wanted: Standing): ClaimFound[] =>
  compared.filter(({ standing }) => standing === wanted).map(({ claim }) => claim)

const lastSql = `select jsonb_build_object('at', ${isoTime('max(updated_at)')}) as row from orders`

/** The newest thing that the database knows. */
async function lastKnown(database: Database): Promise<Date> {
  const [last] = await database.rows(Type.Object({ at: Type.Union([Type.String(), Type.Null()]) }), lastSql)
  return new Date(last?.at ?? 0)
}

function timeOf(text: string): Date {
  const time = new Date(text)
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(time.getTime())) return time
  throw usageFault(
    `--since is ${JSON.stringify(text)}.`,
    'It must be the moment the database was restored to, such as 2026-11-21T14:05:00Z.',
  )
}

async function setHold({ database, now }: OperatorWorld, hold: WantedReconciliation['hold']): Promise<number> {
  const orders = createOrderStore(database)
  const log = createLog('operator', 'fatal')
  const changer = { database, orders, ring: async () => {}, now, patienceSeconds, log }
  if (hold === 'as_it_is') return 0
  if (hold === 'off') return releaseOpenOrders(changer)
  await askAboutShipped(database, now())
  return await holdOpenOrders(changer)
}

const never = 0

const headOf = (known: Date, from: Date, count: number): string =>
  known.getTime() === never
    ? 'The database has no orders.\n'
    : `The database knows what happened until ${known.toISOString()}.\nClaims since ${from.toISOString()}: ${count}\n\n`

/** What each is, and what to do where there is one. */
const words: Readonly<Record<Standing, { readonly is: string; readonly todo: readonly string[] }>> = {
  known: { is: 'the database knows that their facilities have them', todo: [] },
  behind: {
    is: 'the order stands before what its facility says',
    todo: ['Nothing to do: the print client reports again, and the job is not printed again.'],
  },
  elsewhere: {
    is: 'another facility has the job than the order would go to, or another job of the item',
    todo: ['Released, it would be printed twice. Leave these orders on hold, and settle them with both facilities.'],
  },
  lost: {
    is: 'there is no such order',
    todo: [
      'Who ordered, what was charged and where it goes is gone; the facility makes the job all the same.',
      'Ask the accounts to send these orders again with the same Idempotency-Key:',
      'the same job comes of it, is charged once, and is not printed twice.',
    ],
  },
}

const nameOf = (standing: Standing): string =>
  standing === 'elsewhere' || standing === 'lost' ? standing.toUpperCase() : standing

const summaryOf = (compared: readonly Compared[]): string =>
  textList(standings.map((each) => [nameOf(each), `${of(compared, each).length}  ${words[each].is}`]))

function partOf(standing: Standing, claims: readonly ClaimFound[]): string {
  if (standing === 'known' || claims.length === 0) return ''
  const rows = claims.map(({ facilityId, jobId, orderId, claimedAt }) => [
    ...[facilityId, jobId, orderId ?? 'not said', claimedAt],
  ])
  const head = `\n${nameOf(standing)}\n${words[standing].todo.join('\n')}\n`
  return `${head}${textTable(['FACILITY', 'JOB', 'ORDER', 'CLAIMED'], rows)}`
}

const holdWords = (hold: WantedReconciliation['hold'], changed: number): string => {
  if (hold === 'as_it_is') return ''
  if (hold === 'off') return `\nThe hold was taken off ${changed} orders.\n`
  return `\n${changed} orders that could be released are on hold, and facilities are asked again about what they shipped; "reconcile --release" takes it off again.\n`
}

const json = ({ facilityId, jobId, orderId, itemId, claimedAt }: ClaimFound, standing: Standing) => ({
  ...{ standing, facility_id: facilityId, job_id: jobId, order_id: orderId ?? null, item_id: itemId ?? null },
  claimed_at: claimedAt,
})
