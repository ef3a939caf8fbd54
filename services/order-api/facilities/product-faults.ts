import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Issue } from '#contracts/parse.ts'
import { isRecord, issue, listOf, twice } from './faults-of-values.ts'

type Values = readonly Readonly<Record<string, unknown>>[]

/** What the products of a facility name that is not there, and spines that would come out wrong. */
export function productFaults(products: Values, papers: Values): Issue[] {
  const repeated = twice(products.map(({ sku }) => sku))
  return products.flatMap((own, place) => {
    const pointer = `/products/${place}`
    const product = typeof own.sku === 'string' ? productOf(own.sku) : undefined
    return [
      ...(repeated.includes(place) ? [issue(`${pointer}/sku`, 'is listed before')] : []),
      ...(typeof own.sku === 'string' && !product
        ? [issue(`${pointer}/sku`, `"${own.sku}" is not in the catalogue`)]
        : []),
      ...paperFaults(own.paper, papers, `${pointer}/paper`),
      ...(product ? spineFaults(own, product, pointer) : []),
    ]
  })
}

function paperFaults(paper: unknown, papers: Values, pointer: string): Issue[] {
  if (!isRecord(paper)) return []
  const ids = papers.map(({ id }) => id)
  return Object.entries(paper)
    .filter(([, id]) => typeof id === 'string' && !ids.includes(id))
    .map(([part, id]) =>
      issue(`${pointer}/${part}`, `"${id}" is none of its papers: ${ids.join(', ') || 'it has none'}`),
    )
}

function spineFaults({ paper, spine }: Readonly<Record<string, unknown>>, product: Product, pointer: string): Issue[] {
  const { construction } = product
  const hasSpine = construction.kind === 'book' && construction.spine !== undefined
  if (spine !== undefined && !hasSpine) {
    return [issue(`${pointer}/spine`, `${product.sku} has no spine; leave it out`)]
  }
  if (hasSpine && isRecord(spine)) return bandFaults(spine, `${pointer}/spine`)
  if (!hasSpine || !isRecord(paper) || construction.cover.kind !== 'wraparound' || paper.cover !== undefined) return []
  return [
    issue(
      `${pointer}/paper/cover`,
      `is required: the spine of ${product.sku} is measured by the paper of its cover too`,
    ),
  ]
}

/** The first band that holds the pages decides. */
function bandFaults({ bands }: Readonly<Record<string, unknown>>, pointer: string): Issue[] {
  const tops = listOf(bands).flatMap(({ toPages }) => (typeof toPages === 'number' ? [toPages] : []))
  const isAscending = tops.every((top, place) => place === 0 || top > (tops[place - 1] ?? 0))
  return isAscending ? [] : [issue(`${pointer}/bands`, 'must ascend in toPages')]
}
