import { type Static, Type } from 'typebox'
import { createCache } from '#chassis/cache/cache.ts'
import { keyOfEveryone } from '#chassis/cache/cache-key.ts'
import type { Database } from '#chassis/database.ts'
import type { Log } from '#chassis/log.ts'
import type { LoadOf } from '#pricing/routing/route-wish.ts'

/**
 * What each facility has to print, as it was at most a minute ago; nothing while nobody can say. Load makes a decision better and is never
 * needed for one.
 */
export type LoadDirectory = { readonly now: () => Promise<LoadOf> }

const Row = Type.Object({ facilityId: Type.String(), pages: Type.Number(), items: Type.Integer() })
type Row = Static<typeof Row>

/**
 * Copies and pages of live orders that are not printed yet, from the moment that they are on their way; those of all accounts share a
 * facility. The index on what is open holds as much as is open, not as much as there ever was.
 */
const selectSql = `select jsonb_build_object('facilityId', i.doc->>'facilityId',
    'items', sum((i.doc->>'quantity')::bigint),
    'pages', sum((i.doc->>'quantity')::bigint * coalesce((i.doc->>'pages')::bigint, (i.doc->>'orderedPages')::bigint, 1))) as row
  from order_items i join orders o on o.account_id = i.account_id and o.id = i.order_id
  where i.status in ('ready', 'queued', 'accepted', 'printing') and not o.is_test
    and o.stage in ('grace', 'released', 'in_production', 'partially_shipped')
  group by i.doc->>'facilityId'`

const key = keyOfEveryone('facility-load')

export function createLoadDirectory(database: Database, now: () => Date, log: Log): LoadDirectory {
  const cache = createCache<Row[]>({
    name: 'facility-load',
    load: () => database.rows(Row, selectSql),
    freshMilliseconds: 30_000,
    staleMilliseconds: 30_000,
    staleOnErrorMilliseconds: 600_000,
    absentMilliseconds: 0,
    most: { entries: 1 },
    now,
    log,
  })
  const nothing: Row[] = []
  const made = new WeakMap<readonly Row[], LoadOf>()
  return {
    now: async () => {
      try {
        const rows = (await cache.get(key)) ?? nothing
        const load = made.get(rows) ?? loadOf(rows)
        made.set(rows, load)
        return load
      } catch (error) {
        log.warn({ err: error }, 'facility_load_unknown')
        return unknown
      }
    },
  }
}

const unknown: LoadOf = () => undefined

function loadOf(rows: readonly Row[]): LoadOf {
  const byId = new Map(rows.map(({ facilityId, pages, items }) => [facilityId, { pages, items }]))
  return (facilityId) => byId.get(facilityId) ?? { pages: 0, items: 0 }
}
