import type { Geometry } from '#contracts/geometry/geometry.ts'
import type { ProofPage } from '#contracts/published/proof-document.ts'

/** One look at a document: its cover, two facing pages (one may be missing), or one side of a sheet. */
export type View =
  | { readonly kind: 'cover' }
  | { readonly kind: 'spread'; readonly left: ProofPage | undefined; readonly right: ProofPage | undefined }
  | { readonly kind: 'side'; readonly page: ProofPage }

/** All looks at the pages that there are pictures of, as a reader turns them: page 1 is a right one. */
export function viewsOf(shown: readonly ProofPage[], geometry: Geometry | undefined): readonly View[] {
  const pages = [...shown].sort((one, other) => one.page - other.page)
  const isBook = geometry === undefined || geometry.components.some(({ component }) => component === 'interior')
  if (!isBook) return pages.map((page) => ({ kind: 'side', page }))
  const hasCover = geometry?.components.some(({ component }) => component === 'cover') ?? false
  const spreads = new Map<number, { left: ProofPage | undefined; right: ProofPage | undefined }>()
  for (const page of pages) {
    const place = Math.floor(page.page / 2)
    const spread = spreads.get(place) ?? { left: undefined, right: undefined }
    spreads.set(place, page.page % 2 === 0 ? { ...spread, left: page } : { ...spread, right: page })
  }
  const views = [...spreads.values()].map((each): View => ({ kind: 'spread', ...each }))
  return hasCover ? [{ kind: 'cover' }, ...views] : views
}

/** Pages that a view shows, by their numbers in the file. */
export function pagesOfView(view: View): readonly number[] {
  if (view.kind === 'cover') return []
  if (view.kind === 'side') return [view.page.page]
  return [view.left, view.right].flatMap((each) => (each ? [each.page] : []))
}
