import { join } from 'node:path'
import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { tagHeader, tagOf, tagsIn } from '#contracts/published/cache-tags.ts'
import { keyOfPath } from '#contracts/published/document-paths.ts'
import type { DrillContext } from '../../../drills/drill.ts'
import type { DrillEdge } from '../../../drills/world/edges.ts'
import { ask } from '../../../drills/world/publications.ts'
import { openEdges, openSite, type Site, twoEdges } from '../../../drills/world/site.ts'
import { until } from '../../../drills/world/until.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { cloudEnvironment } from '../../../local/platform/cloud-environment.ts'
import { databaseEnvironment } from '../../../local/platform/processes.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { seed } from '../../../local/seed/seed.ts'
import { changeStatus } from '../../../services/order-api/facilities/facility-store.ts'
import { createOperatorStore } from '../../../services/order-api/operator/operator-store.ts'
import type { Verdict } from '../promise.ts'

const publications = 30
const capacityBytes = 64 * 1024 * 1024

type Row = { readonly path: string; readonly kind: string; readonly tags: readonly string[] }
type Edit = { readonly row: string; readonly tag: string; readonly make: () => Promise<unknown> }

/** Edits a row of each kind and holds every document in the stores and on every edge against what it was made of. */
export async function changeEveryKind(context: Omit<DrillContext, 'publications'>): Promise<Verdict> {
  await using stack = new AsyncDisposableStack()
  const site = await openSite(stack, { ...context, publications })
  const time = { now: () => new Date(), timesFaster: 1 }
  const edges = await openEdges(stack, site.stores, { ...time, capacityBytes, names: twoEdges })
  for (const { url } of edges) site.relay.add(url)
  const faults: string[] = []
  const rows = await rowsOf(site)
  const objects = await wrongTags(site, rows, faults)
  const dropped = rows.filter(({ kind }) => kind !== 'sale')
  for (const edge of edges) for (const { path } of dropped) await edge.read(path)
  const words: string[] = []
  for (const edit of await editsOf(site)) {
    context.tell(`an edit of a ${edit.row}`)
    const changed = await follow(site, { edit, edges, rows, signal: context.signal }, faults)
    words.push(`${changed} by a ${edit.row}`)
  }
  const figure = `tags of ${objects} objects are those of their rows; documents changed ${words.join(', ')}, all fresh on ${edges.length} edges`
  return { figure, faults }
}

const Rows = Type.Object({ path: Type.String(), kind: Type.String(), tags: Type.Array(Type.String()) })

/** What visitors and the checkout read, with the tags of its row. */
const rowsOf = ({ database }: Site): Promise<readonly Row[]> =>
  database.rows(
    Rows,
    `select jsonb_build_object('path', path, 'kind', kind, 'tags', tags) as row from documents where kind <> 'preview' and sha256 is not null`,
  )

/** Every packing in both buckets carries exactly the tags of its row; how many were looked at. */
async function wrongTags({ stores }: Site, rows: readonly Row[], faults: string[]): Promise<number> {
  let looked = 0
  for (const { path, tags } of rows) {
    const wanted = [...tags].map((tag) => tag.toLowerCase()).sort()
    for (const ending of ['', '.br', '.gz']) {
      for (const [name, store] of Object.entries(stores)) {
        const { status, headers } = await store.get(keyOfPath(path) + ending, {})
        looked += 1
        const found = [...tagsIn(headers[tagHeader] ?? '')].sort()
        if (status !== 200 || found.join() !== wanted.join()) {
          faults.push(`${name}: ${path}${ending} carries ${found.join()}, its row has ${wanted.join()}`)
        }
      }
    }
  }
  return looked
}

async function editsOf(site: Site): Promise<readonly Edit[]> {
  const { caller, database, ids, dataFolder, addresses } = site
  const accounts = createOperatorStore(database)
  const [account] = await accounts.named('Test account')
  if (!account) throw new Error('The account of the drill is not there')
  const [id = ''] = ids
  const seedWith = (priceBooks: typeof localPriceBooks) =>
    seed({
      dataFolder: join(dataFolder, 'seed'),
      environment: { ...cloudEnvironment(addresses), ...databaseEnvironment },
      ...{ facilities: localFacilities, priceBooks },
    })
  const dearer = localPriceBooks.map((book) => (book.currency === 'EUR' ? raised(book) : book))
  const [{ id: facilityId } = { id: '' }] = localFacilities
  return [
    {
      row: 'publication',
      tag: tagOf.publication(id),
      make: () => ask(caller, 'PATCH', `/v1/publications/${id}`, { title: 'Harbour Lights, edited', publish: true }),
    },
    {
      row: 'name of an account',
      tag: tagOf.seller(account.id),
      make: () => accounts.put({ ...account, name: 'Harbour Press' }),
    },
    { row: 'price book', tag: tagOf.prices('EUR'), make: () => seedWith(dearer) },
    { row: 'facility', tag: 'facilities', make: () => pause(database, facilityId) },
  ]
}

const pause = (database: Database, id: string) => changeStatus(database, { id, status: 'paused' }, new Date())

const raised = (book: PriceBook): PriceBook => ({
  ...book,
  products: Object.fromEntries(
    Object.entries(book.products).map(([sku, price]) => [sku, { ...price, base: price.base + 100 }]),
  ),
})

type Following = {
  readonly edit: Edit
  readonly edges: readonly DrillEdge[]
  readonly rows: readonly Row[]
  readonly signal: AbortSignal
}

/** Makes one edit and waits for its purges; then every edge says what the store says, and all that changed was made of the edited row. */
async function follow(site: Site, { edit, edges, rows, signal }: Following, faults: string[]): Promise<number> {
  const before = new Map<string, string>()
  for (const { path } of rows) before.set(path, await stored(site, path))
  await edit.make()
  await until('its documents are written and dropped', () => isSettled(site), signal)
  let changed = 0
  for (const { path, kind, tags } of rows) {
    const now = await stored(site, path)
    const isChanged = now !== before.get(path)
    if (isChanged) changed += 1
    if (isChanged && !tags.includes(edit.tag))
      faults.push(`${path} changed by a ${edit.row} and does not carry ${edit.tag}`)
    // Caches keep it for five seconds: it is not dropped.
    if (kind === 'sale') continue
    for (const edge of edges) {
      if ((await edge.read(path)).text !== now) faults.push(`${edge.name} shows ${path} as it was before a ${edit.row}`)
    }
  }
  if (changed === 0) faults.push(`no document changed by a ${edit.row}`)
  return changed
}

const settledSql = `select to_jsonb(count(*)) as row from documents where wanted > written or purge_at is not null or purge_tags <> '{}'`

async function isSettled({ database }: Site): Promise<boolean> {
  const [open = 1] = await database.rows(Type.Integer(), settledSql)
  return open === 0
}

async function stored({ stores }: Site, path: string): Promise<string> {
  const { body } = await stores.first.get(keyOfPath(path), {})
  return Buffer.from(body).toString()
}
