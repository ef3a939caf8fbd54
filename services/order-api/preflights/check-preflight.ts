import { catalogue, productOf } from '#contracts/catalogue/catalogue.ts'
import { fileRoles } from '#contracts/catalogue/product.ts'
import { triesOf } from '#contracts/catalogue/tries-of.ts'
import { countryCentres } from '#contracts/countries.ts'
import type { PreflightRequest } from '#contracts/order-api/preflight.ts'
import type { Issue } from '#contracts/parse.ts'
import { addressIssues, itemIssues, referenceSizeIssues } from '../orders/check-request.ts'

/** Every fault of a request that its schema cannot see, in the words that an order would get. */
export function checkPreflight(request: PreflightRequest): Issue[] {
  return [...countryIssues(request), ...(request.sku === undefined ? openIssues(request) : productIssues(request))]
}

function productIssues({ country: _, sku = '', ...item }: PreflightRequest): Issue[] {
  // Pages are not stated: counting them is what a preflight is for.
  return itemIssues({ ...item, sku, quantity: 1 }, '', productOf)
}

/** Without a product: nothing that only a product can mean, and files in roles that some product takes. */
function openIssues({ files, options, design, country }: PreflightRequest): Issue[] {
  const needing = { options, design, country }
  const needless = Object.entries(needing).flatMap(([name, value]) =>
    value === undefined ? [] : [{ pointer: `/${name}`, detail: 'belongs to a product: name it as "sku"' }],
  )
  if (triesOf(Object.keys(files)).length === 0)
    return [...needless, { pointer: '/files', detail: rolesDetail(Object.keys(files)) }]
  return [...needless, ...referenceSizeIssues(files, '/files'), ...addressIssues(files, '/files')]
}

function rolesDetail(given: readonly string[]): string {
  const sets = catalogue.flatMap(({ fileSets }) => fileSets)
  const ordered = sets.map((set) => fileRoles.filter((role) => set.includes(role)).join(' + '))
  return `must be one of ${[...new Set(ordered)].join(', ')}; found ${given.join(' + ') || 'no file'}`
}

function countryIssues({ country }: PreflightRequest): Issue[] {
  if (country === undefined || Object.hasOwn(countryCentres, country)) return []
  const detail = `must be an ISO 3166-1 alpha-2 country such as NL, DE or US; found "${country}"`
  return [{ pointer: '/country', detail }]
}
