import type { FileRole, Product } from './catalogue/product.ts'
import type { CoverDesign, Crop, Design, PageDesign, Placement } from './design.ts'
import { pageRangeOf } from './geometry/geometry.ts'
import { checkDigitOf, isIsbnSound } from './isbn.ts'
import { pagesOfTemplate } from './pages-of-template.ts'
import type { Issue } from './parse.ts'

/** What a design is laid over: which roles carry files, and how many pictures "images" has. */
export type DesignFiles = { readonly roles: readonly FileRole[]; readonly images: number }

/**
 * Every fault of a design that the schema cannot see, before any file is read: pictures that do not exist, spreads that do
 * not lie on facing pages, parts that the product has no use for. Pointers are relative to the design.
 */
export function designIssues(design: Design, product: Product, files: DesignFiles): Issue[] {
  return [
    ...cropIssues(design.crop, ''),
    ...pagesIssues(design, product, files),
    ...coverIssues(design.cover, product, files),
  ]
}

/** Pages that the design lays out, or undefined where it leaves that to the files. */
export const designedPagesOf = ({ pages }: Design): number | undefined =>
  pages?.reduce((sum, page) => sum + pagesOfTemplate(page), 0)

function pagesIssues(design: Design, product: Product, files: DesignFiles): Issue[] {
  const { pages } = design
  if (!pages) return []
  if (!files.roles.includes('images')) {
    const found = files.roles.join(' + ') || 'no file'
    return [
      {
        pointer: '/pages',
        detail: `lays out pictures and needs them as files.images; found ${found}, which has its own pages; remove it`,
      },
    ]
  }
  return [
    ...countIssues(design, product),
    ...pages.flatMap((page, index) => pageIssues(page, index, pages, product, files)),
  ]
}

function countIssues(design: Design, product: Product): Issue[] {
  const { minimum, maximum } = pageRangeOf(product)
  const count = designedPagesOf(design) ?? 0
  if (count >= minimum && count <= maximum) return []
  const wanted = minimum === maximum ? `${minimum} pages` : `${minimum} to ${maximum} pages`
  return [{ pointer: '/pages', detail: `${product.sku} has ${wanted}; found ${count}, a spread counted as two` }]
}

function pageIssues(
  page: PageDesign,
  index: number,
  pages: readonly PageDesign[],
  product: Product,
  files: DesignFiles,
): Issue[] {
  const at = `/pages/${index}`
  const wanted = page.template === 'two_up' ? 2 : 1
  const count: Issue[] =
    page.images.length === wanted
      ? []
      : [{ pointer: `${at}/images`, detail: `${page.template} shows ${wanted}; found ${page.images.length}` }]
  const places = page.images.flatMap((each, place) => placementIssues(each, `${at}/images/${place}`, files.images))
  return [...count, ...places, ...(page.template === 'spread' ? spreadIssues(pages, index, product) : [])]
}

/** A right page has an odd number: what begins there would go round the edge of the leaf. */
function spreadIssues(pages: readonly PageDesign[], index: number, { sku, construction }: Product): Issue[] {
  const pointer = `/pages/${index}/template`
  const hasFacingPages =
    construction.kind === 'folded' || (construction.kind === 'book' && construction.binding !== 'wire_o')
  if (!hasFacingPages)
    return [{ pointer, detail: `spread needs two facing pages, and ${sku} has none; use full_bleed` }]
  const first = 1 + pages.slice(0, index).reduce((sum, page) => sum + pagesOfTemplate(page), 0)
  if (first % 2 === 0) return []
  const detail = `spread must begin on a left page, which has an even number; this one would take pages ${first} and ${first + 1}, the two sides of one leaf; put a page before it, or take one away`
  return [{ pointer, detail }]
}

function placementIssues({ image, crop }: Placement, pointer: string, images: number): Issue[] {
  const beyond: Issue[] =
    image <= images
      ? []
      : [{ pointer: `${pointer}/image`, detail: `must be a place in files.images, 1 to ${images}; found ${image}` }]
  return [...beyond, ...cropIssues(crop, pointer)]
}

const roundingShare = 1e-6

function cropIssues(crop: Crop | undefined, pointer: string): Issue[] {
  if (!crop) return []
  const issue = (detail: string): Issue => ({ pointer: `${pointer}/crop`, detail })
  return [
    ...(crop.x + crop.width > 1 + roundingShare
      ? [issue('x and width together may be 1 at most: the right edge')]
      : []),
    ...(crop.y + crop.height > 1 + roundingShare ? [issue('y and height together may be 1 at most: the foot')] : []),
  ]
}

function coverIssues(cover: CoverDesign | undefined, product: Product, files: DesignFiles): Issue[] {
  if (!cover) return []
  const { construction, sku } = product
  if (construction.kind !== 'book' || construction.cover.kind === 'self') {
    return [{ pointer: '/cover', detail: `${sku} has no cover of its own; its first page is the cover; remove it` }]
  }
  return [...coverPictureIssues(cover, files), ...barcodeIssues(cover)]
}

function coverPictureIssues({ picture, from }: CoverDesign, files: DesignFiles): Issue[] {
  const clash: Issue[] =
    picture && from === 'first_and_last_page'
      ? [
          {
            pointer: '/cover/from',
            detail: 'first_and_last_page chooses the picture itself; leave out picture or from',
          },
        ]
      : []
  if (!picture) return clash
  // The pages of a PDF are counted when it is read.
  const places = files.roles.includes('images')
    ? placementIssues(picture, '/cover/picture', files.images)
    : cropIssues(picture.crop, '/cover/picture')
  return [...clash, ...places]
}

function barcodeIssues({ barcode }: CoverDesign): Issue[] {
  if (barcode === undefined || barcode === 'area' || isIsbnSound(barcode)) return []
  const digit = checkDigitOf(barcode.slice(0, 12))
  const detail = `is no ISBN-13: after ${barcode.slice(0, 12)} the last digit must be ${digit}; found ${barcode.at(12)}; check the number`
  return [{ pointer: '/cover/barcode', detail }]
}
