import type { SqlValue } from '#chassis/database.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import type { MakeId } from '../orders/make-id.ts'
import type { Owner } from '../store/order-store.ts'
import type { Ring } from '../tickets/ring.ts'
import { pictureOf, thumbnailKeyOf } from './picture.ts'
import { proofKeyOf, proofOf } from './proof.ts'
import type { WorkRungs } from './work-rows.ts'
import { proofTicketOf, thumbnailTicketOf } from './work-ticket.ts'
import { tableOf, type WorkKind, type WorkTicket, workKinds } from './works.ts'

/** Work that a version wants, and the ticket that asks for it where nobody has asked yet. */
export type AskedWork = { readonly key: string; readonly ticket: WorkTicket; readonly patienceSeconds: number }
export type AskedWorks = Readonly<Record<WorkKind, AskedWork | undefined>>

/**
 * So much of a kind is made for an account at once. What is beyond has to wait, a round of the usual patience for each such number: whoever
 * brings ten thousand publications at once holds up nobody's orders.
 */
export const mostWorksAtOnce = 100

type Asking = {
  readonly publicationId: string
  readonly now: Date
  readonly makeId: MakeId
  readonly patienceSeconds: number
}

/** What the fields ask for, by its kind; undefined where they ask for none. */
export function askedWorks(
  owner: Owner,
  fields: PublicationFields,
  { patienceSeconds, ...asking }: Asking,
): AskedWorks {
  const picture = pictureOf(fields)
  const proof = proofOf(fields)
  return {
    thumbnail: picture && {
      key: thumbnailKeyOf(picture),
      ticket: thumbnailTicketOf(owner, picture, asking),
      patienceSeconds,
    },
    proof: proof && { key: proofKeyOf(proof), ticket: proofTicketOf(owner, proof, asking), patienceSeconds },
  }
}

/**
 * Parts of a statement, `waiting_…` and `asked_…` of each kind: asks for the work when the part named `when` has a row, and nobody asked
 * before or it could not be made. They read `account`, `isTest`, `id`, `at` and the parameters of `workParameters`.
 */
export const worksSql = (when: string): string => workKinds.map((kind) => workSql(kind, when)).join(', ')

const workSql = (kind: WorkKind, when: string): string => `waiting_${kind} as (
    select count(*)::int as works from ${tableOf[kind]}
    where account_id = :account::text and is_test = :isTest::boolean and state = 'processing' and :${kind}Key::text is not null
  ), asked_${kind} as (
    insert into ${tableOf[kind]} (account_id, is_test, publication_id, key, state, ticket, created_at, ring_at, rings)
    select :account::text, :isTest::boolean, :id::text, :${kind}Key::text, 'processing', :${kind}Ticket::jsonb,
      :at::timestamptz,
      :at::timestamptz + make_interval(secs => :${kind}Patience::double precision * greatest(1, w.works / ${mostWorksAtOnce})), 1
    from ${when}, waiting_${kind} w where :${kind}Key::text is not null
    on conflict (account_id, is_test, publication_id, key) do update
      set state = 'processing', ticket = excluded.ticket, failure = null, ring_at = excluded.ring_at, rings = 1
      where ${tableOf[kind]}.state = 'failed'
    returning key
  )`

/** Of a statement with these parts: what was asked for just now, and which bells are to be rung at once. */
export const worksOutcomeSql = workKinds
  .map(
    (kind) => `'${kind}', jsonb_build_object('isAsked', exists (select from asked_${kind}),
    'isRung', exists (select from asked_${kind}, waiting_${kind} w where w.works < ${mostWorksAtOnce}))`,
  )
  .join(', ')

export const workParameters = (asked: AskedWorks): Readonly<Record<string, SqlValue>> =>
  Object.fromEntries(
    workKinds.flatMap((kind): [string, SqlValue][] => [
      [`${kind}Key`, asked[kind]?.key ?? null],
      [`${kind}Ticket`, asked[kind] ? JSON.stringify(asked[kind].ticket) : null],
      [`${kind}Patience`, asked[kind]?.patienceSeconds ?? null],
    ]),
  )

/** A bell that is not heard is rung again by the sweeper. */
export function ringWorks(ring: Ring, asked: AskedWorks, rungs: WorkRungs): void {
  for (const kind of workKinds) {
    const work = asked[kind]
    if (work && rungs[kind].isRung) void ring([{ id: work.ticket.ticketId, queue: 'process', body: work.ticket }])
  }
}
