import type { FileRole, Product } from '#contracts/catalogue/product.ts'
import type { ItemFiles, ItemRequest } from '#contracts/order-api/order-request.ts'
import type { PublicationContent } from '#contracts/order-api/publication.ts'
import type { Issue } from '#contracts/parse.ts'
import { archive, loneRoles, roleOf, typeOfAddress } from './content-role.ts'

/** What of a publication is printed. */
export type OrderedContent = {
  readonly publication: { readonly id: string; readonly version: number }
  /** Absent: they come later. */
  readonly files?: ItemFiles
  /** It may hold the pictures of all pages: how many is seen when it is read. */
  readonly isArchive: boolean
  readonly pages?: number
}

export type FoundContent = {
  readonly id: string
  readonly version: number
  readonly content: PublicationContent
  /** Of an uploaded file. */
  readonly contentType?: string | undefined
  /** What it is for this product, as its proof shows it: there the bytes were looked at. */
  readonly provedRole?: FileRole | undefined
}

type Wish = Pick<ItemRequest, 'source' | 'pages'> & { readonly product: Product; readonly pointer: string }

/** The content as the item's product takes it, or why it cannot be made of it. Pure. */
export function orderedContent(
  { id, version, content, contentType, provedRole }: FoundContent,
  wish: Wish,
): OrderedContent | { readonly issue: Issue } {
  const pages = wish.pages ?? content.pages
  const facts = { publication: { id, version }, ...(pages === undefined ? {} : { pages }) }
  if (content.kind !== 'page' && wish.source !== undefined) {
    const detail = `is for publications whose pages name their files; the content of this one is ${content.kind}; leave it out`
    return { issue: { pointer: `${wish.pointer}/source`, detail } }
  }
  switch (content.kind) {
    case 'asynchronous':
      return { ...facts, isArchive: false }
    case 'file':
      return inRole(facts, wish, { reference: content.file, type: contentType, provedRole })
    case 'url':
      return inRole(facts, wish, { reference: content.url, type: typeOfAddress(content.url), provedRole })
    case 'page':
      return named(facts, wish, content.origins)
    default:
      return content satisfies never
  }
}

type Facts = Pick<OrderedContent, 'publication' | 'pages'>
type FileOfType = {
  readonly reference: string
  readonly type: string | undefined
  readonly provedRole?: FileRole | undefined
}

function inRole(facts: Facts, { product, pointer }: Wish, { reference, type, provedRole }: FileOfType) {
  const role = provedRole ?? roleOf(product, type)
  if (role === undefined) {
    const detail = `${product.sku} takes ${loneRoles(product).join(', or ') || 'several files'}; what the publication holds is ${type ?? 'one file'}, which cannot be that`
    return { issue: { pointer: `${pointer}/sku`, detail } }
  }
  const files: ItemFiles = role === 'images' ? { images: [reference] } : { [role]: reference }
  return { ...facts, files, isArchive: role === 'images' && (type ?? archive) === archive }
}

/** An origin is compared as browsers do: scheme, host and port, and nothing that only looks like it. Those of the list are public. */
function named(facts: Facts, wish: Wish, origins: readonly string[]) {
  const { source, pointer } = wish
  const issue = (detail: string) => ({ issue: { pointer: `${pointer}/source`, detail } })
  if (source === undefined) {
    return issue('is required: the pages of this publication name their files; send the address of this one')
  }
  const url = URL.parse(source)
  const isOfList = url !== null && origins.includes(url.origin)
  if (isOfList && url.username === '' && url.password === '') {
    return inRole(facts, wish, { reference: source, type: typeOfAddress(source) })
  }
  const found = isOfList ? 'an address with a login in it' : (url?.origin ?? source.slice(0, 80))
  return issue(`must be an address at ${origins.join(', or ')}; found ${found}`)
}
