import { productOf } from '#contracts/catalogue/catalogue.ts'
import { fileRoles, type Product } from '#contracts/catalogue/product.ts'
import { countryCentres } from '#contracts/countries.ts'
import { designIssues } from '#contracts/design-issues.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { ItemFiles, ItemRequest, OrderRequest } from '#contracts/order-api/order-request.ts'
import type { Issue } from '#contracts/parse.ts'
import { picturedPagesOf } from '#pricing/content-pages.ts'
import { isFileId, referencesOf } from './sources.ts'

/** File references of one item together stay below this, so that its row fits the Data API's 64 KiB, */
const mostReferenceBytes = 30_000
/** and those of an order below this, so that the whole order fits the 1 MiB of one answer. */
const mostReferenceBytesOfAnOrder = 300_000

/**
 * Metadata stands in the order's row beside the charges, so many bytes a line. A third of the row is left for what comes later: refunds
 * and the links of a hundred reprints. An order that outgrows its row could never be read again.
 */
const mostMetadataAndLinesBytes = 40_000
const mostLineBytes = 400

/** A design stands beside the references in the item's row: this is for both. */
const mostItemBytes = 40_000

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** Every fault that the schema cannot see: skus, file roles, options, designs, page counts, country. Empty when the order can be placed. */
export function checkRequest(request: OrderRequest, known: (sku: string) => Product | undefined = productOf): Issue[] {
  return [
    ...countryIssues(request.recipient.address.country, '/recipient/address/country'),
    ...sizeIssues(request),
    ...metadataIssues(request),
    ...request.items.flatMap((item, index) => itemIssues(item, `/items/${index}`, known)),
  ]
}

export function countryIssues(country: string, pointer: string): Issue[] {
  if (Object.hasOwn(countryCentres, country)) return []
  return [{ pointer, detail: `must be an ISO 3166-1 alpha-2 country such as NL, DE or US; found "${country}"` }]
}

/** The faults of all items together. */
export function sizeIssues({ items }: { readonly items: readonly Pick<ItemRequest, 'files' | 'design'>[] }): Issue[] {
  const found = items.reduce((sum, { files = {}, design = {} }) => sum + bytesOf(files) + bytesOf(design), 0)
  if (found <= mostReferenceBytesOfAnOrder) return []
  const detail = `the file references and designs of one order may have ${mostReferenceBytesOfAnOrder} bytes together; found ${found}; place several orders`
  return [{ pointer: '/items', detail }]
}

function metadataIssues({ metadata = {}, items }: OrderRequest): Issue[] {
  const most = mostMetadataAndLinesBytes - items.length * mostLineBytes
  const found = bytesOf(metadata)
  if (found <= most) return []
  const detail = `may have ${most} bytes in an order of ${items.length} items; found ${found}; shorten it`
  return [{ pointer: '/metadata', detail }]
}

/** The faults of one item; a preflight asks for one. */
export function itemIssues(item: ItemRequest, pointer: string, known: (sku: string) => Product | undefined): Issue[] {
  const product = known(item.sku)
  if (!product) return [unknownSku(item.sku, `${pointer}/sku`)]
  return [
    ...fileIssues(item, product, `${pointer}/files`),
    ...pageIssues(item, product, `${pointer}/pages`),
    ...optionIssues(item, product, `${pointer}/options`),
    ...itemDesignIssues(item, product, `${pointer}/design`),
  ]
}

export const unknownSku = (sku: string, pointer: string): Issue => ({
  pointer,
  detail: `"${sku}" is not in the catalogue; GET /v1/catalogue lists what is`,
})

function itemDesignIssues({ design, files }: ItemRequest, product: Product, pointer: string): Issue[] {
  if (!design) return []
  const found = bytesOf(design) + bytesOf(files ?? {})
  if (found > mostItemBytes) {
    const detail = `may have ${mostItemBytes} bytes together with the files; found ${found}; shorten captions and numbers`
    return [{ pointer, detail }]
  }
  // Which pictures it may name is known when they are there: it is looked at again with the files.
  if (files === undefined) return []
  const roles = fileRoles.filter((role) => files[role] !== undefined)
  return designIssues(design, product, { roles, images: files.images?.length ?? 0 }).map((issue) => ({
    ...issue,
    pointer: `${pointer}${issue.pointer}`,
  }))
}

function fileIssues({ files, files_later, design }: ItemRequest, product: Product, pointer: string): Issue[] {
  if (files === undefined) {
    return files_later ? [] : [{ pointer, detail: 'is required; to send the files later, say "files_later": true' }]
  }
  const given = Object.keys(files).sort()
  const isAllowed = product.fileSets.some((set) => [...set].sort().join() === given.join())
  if (!isAllowed) {
    const allowed = product.fileSets.map((set) => set.join(' + ')).join(', or ')
    return [{ pointer, detail: `${product.sku} takes ${allowed}; found ${given.join(' + ') || 'no file'}` }]
  }
  const tooLong = referenceSizeIssues(files, pointer)
  if (tooLong.length > 0) return tooLong
  // A design says how many pages its pictures make.
  const counted = design?.pages ? undefined : files.images
  return [...addressIssues(files, pointer), ...imageCountIssues(counted, product, pointer)]
}

export function referenceSizeIssues(files: ItemFiles, pointer: string): Issue[] {
  if (bytesOf(files) <= mostReferenceBytes) return []
  return [{ pointer, detail: `the addresses together may have ${mostReferenceBytes} bytes; upload the files instead` }]
}

/** Whether an address may be fetched is for the processor to say; that it is none can be said now. */
export function addressIssues(files: ItemFiles, pointer: string): Issue[] {
  return referencesOf(files)
    .filter(({ reference }) => !isFileId(reference) && !URL.canParse(reference))
    .map((each) => ({
      pointer: `${pointer}${each.pointer}`,
      detail: `must be the id of an uploaded file (fil_…) or an https address; found "${each.reference.slice(0, 80)}"`,
    }))
}

/** One image makes one page: the count is known before anything is fetched. */
function imageCountIssues(images: readonly string[] | undefined, product: Product, pointer: string): Issue[] {
  const { minimum, maximum } = pageRangeOf(product)
  if (!images || (images.length >= minimum && images.length <= maximum)) return []
  return [
    {
      pointer: `${pointer}/images`,
      detail: `${product.sku} has ${minimum} to ${maximum} pages, one image each; found ${images.length}`,
    },
  ]
}

/** What is said of the pages must be possible; that the file has as many is seen when it is read. */
export function pageIssues(
  item: Pick<ItemRequest, 'pages' | 'files' | 'design'>,
  product: Product,
  pointer: string,
): Issue[] {
  const { minimum, maximum } = pageRangeOf(product)
  const { pages } = item
  if (pages === undefined) return []
  if (pages < minimum || pages > maximum) {
    return [{ pointer, detail: `${product.sku} has ${minimum} to ${maximum} pages; found ${pages}` }]
  }
  const pictured = picturedPagesOf(item)
  if (pictured === undefined || pictured === pages) return []
  return [
    {
      pointer,
      detail: `the images and the design make ${pictured} pages; found ${pages}; leave it out, or correct it`,
    },
  ]
}

export function optionIssues(
  { options = {} }: Pick<ItemRequest, 'options'>,
  product: Product,
  pointer: string,
): Issue[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const option = Object.hasOwn(product.options, name) ? product.options[name] : undefined
    if (!option) {
      const names = Object.keys(product.options).join(', ') || 'none'
      return [{ pointer: `${pointer}/${name}`, detail: `is not an option of ${product.sku}; its options: ${names}` }]
    }
    if (option.values.includes(value)) return []
    return [{ pointer: `${pointer}/${name}`, detail: `must be one of ${option.values.join(', ')}; found "${value}"` }]
  })
}
