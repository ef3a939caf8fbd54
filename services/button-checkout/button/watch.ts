import type { PublicationDocument } from '../../order-client/contract-types.ts'
import { readPublication } from './read-publication.ts'
import { cdn, publicRoot } from './site.ts'
import { wishOf } from './wish.ts'

/** Shows an element as it is now, and what was read for it. */
export type Paint = (publication?: PublicationDocument) => void

export const paints = new WeakMap<Element, Paint>()

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const { publication } = wishOf(target)
      if (!isIntersecting || !publication) continue
      near.unobserve(target)
      readPublication(`${cdn + publicRoot}publications/${publication}.json`).then(paints.get(target))
    }
  },
  { rootMargin: '400px' },
)

/**
 * Paints an element at once, and again when it came near what is seen and its publication is read. What was removed comes near nothing, and
 * is not kept for it.
 */
export function watch(element: Element): void {
  near.unobserve(element)
  near.observe(element)
  paints.get(element)?.()
}
