import type { Database } from '#chassis/database.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { ItemRequest, OrderRequest } from '#contracts/order-api/order-request.ts'
import type { Issue } from '#contracts/parse.ts'
import { type OrderedContent, orderedContent } from '../publications/ordered-content.ts'
import { type ContentRow, readContents } from '../publications/read-contents.ts'
import type { Owner } from '../store/order-store.ts'

/** A request that is checked and priced like any other, and by place what the publications hold that its items name. */
export type RequestWithContents = {
  readonly request: OrderRequest
  readonly contents: readonly (OrderedContent | undefined)[]
}

type Filled = { readonly item: ItemRequest; readonly content?: OrderedContent } | { readonly issues: readonly Issue[] }

/**
 * Puts what publications hold into the place of their names. Nothing is asked of the database where no item names one. Gives every reason why
 * that cannot be.
 */
export async function withContents(
  database: Database,
  owner: Owner,
  request: OrderRequest,
): Promise<RequestWithContents | { readonly issues: readonly Issue[] }> {
  const wanted = request.items.flatMap(({ publication: id, publication_version: version }, place) =>
    id === undefined ? [] : [{ place, id, version }],
  )
  const rows = wanted.length === 0 ? [] : await readContents(database, owner, wanted)
  const isSale = request.sale !== undefined
  const filled = request.items.map((item, place): Filled => {
    const pointer = `/items/${place}`
    const row = rows.find((each) => each.place === place)
    return item.publication === undefined ? withoutOne(item, pointer) : withOne(item, row, { pointer, isSale })
  })
  const issues = filled.flatMap((each) => ('issues' in each ? each.issues : []))
  if (issues.length > 0) return { issues }
  const items = filled.flatMap((each) => ('issues' in each ? [] : [each]))
  return {
    request: { ...request, items: items.map(({ item }) => item) },
    contents: items.map(({ content }) => content),
  }
}

function withoutOne(item: ItemRequest, pointer: string): Filled {
  const issues = (['publication_version', 'source'] as const)
    .filter((field) => item[field] !== undefined)
    .map((field) => ({ pointer: `${pointer}/${field}`, detail: 'needs a publication beside it; leave it out' }))
  return issues.length > 0 ? { issues } : { item }
}

type Where = { readonly pointer: string; readonly isSale: boolean }

function withOne(item: ItemRequest, row: ContentRow | undefined, { pointer, isSale }: Where): Filled {
  const beside = (['files', 'files_later'] as const)
    .filter((field) => item[field] !== undefined)
    .map((field) => ({ pointer: `${pointer}/${field}`, detail: 'the publication says what is printed; leave it out' }))
  if (beside.length > 0) return { issues: beside }
  const missing = missingIssue(item, row, isSale)
  if (missing !== undefined) return { issues: [{ pointer: `${pointer}/${missing.field}`, detail: missing.detail }] }
  const product = productOf(item.sku)
  // That it is in no catalogue is said with everything else.
  if (!product || !row?.content || row.version === null) return { item: { ...item, files_later: true } }
  const { id, version, content: held, contentType, roles } = row
  const facts = { id, version, content: held, contentType: contentType ?? undefined, provedRole: roles?.[item.sku] }
  const content = orderedContent(facts, { product, pointer, source: item.source, pages: item.pages })
  if ('issue' in content) return { issues: [content.issue] }
  return { item: asRequested(item, content), content }
}

/** A deleted publication is only there for what visitors paid before. */
function missingIssue(
  { publication = '', publication_version }: ItemRequest,
  row: ContentRow | undefined,
  isSale: boolean,
) {
  if (!row || (row.isDeleted && !isSale)) {
    return { field: 'publication', detail: `there is no publication ${publication} in your account` }
  }
  if (row.version !== null) return undefined
  return publication_version === undefined
    ? { field: 'publication', detail: 'is not published; publish it, or name a publication_version' }
    : { field: 'publication_version', detail: `${publication} has no version ${publication_version}` }
}

/** As it is checked: pictures in an archive are counted when it is read, as files that come later are. */
function asRequested(item: ItemRequest, { files, isArchive, pages }: OrderedContent): ItemRequest {
  const counted = { ...item, ...(pages === undefined ? {} : { pages }) }
  return files === undefined || isArchive ? { ...counted, files_later: true } : { ...counted, files }
}
