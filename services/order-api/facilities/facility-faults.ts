import type { TSchema } from 'typebox'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import { Facility } from '#contracts/facility.ts'
import { type Issue, issuesOf } from '#contracts/parse.ts'

/**
 * Everything that is wrong with what is to be a facility: what its schema says, fields that nobody reads, and what the schema cannot see, so
 * that no order meets it. None: it is one.
 */
export function facilityFaults(value: unknown): readonly Issue[] {
  return [...issuesOf(Facility, value), ...unknownFields(Facility, value, ''), ...meantFaults(value)]
}

/** A field with a slip of the pen would be left out in silence. */
function unknownFields(schema: TSchema, value: unknown, pointer: string): Issue[] {
  if (Array.isArray(value)) {
    const items = 'items' in schema ? schema.items : undefined
    return isSchema(items) ? value.flatMap((each, place) => unknownFields(items, each, `${pointer}/${place}`)) : []
  }
  if (!isRecord(value) || !('properties' in schema) || !isRecord(schema.properties)) return []
  const { properties } = schema
  return Object.entries(value).flatMap(([name, each]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (isSchema(known)) return unknownFields(known, each, `${pointer}/${name}`)
    const detail = `is not known here; there are ${Object.keys(properties).join(', ')}`
    return [{ pointer: `${pointer}/${name}`, detail }]
  })
}

function meantFaults(value: unknown): Issue[] {
  if (!isRecord(value)) return []
  const products = listOf(value.products)
  const papers = listOf(value.papers).map(({ id }) => id)
  return [
    ...twice(products.map(({ sku }) => sku)).map((place) => issue(`/products/${place}/sku`, 'is listed before')),
    ...twice(papers).map((place) => issue(`/papers/${place}/id`, 'is listed before')),
    ...products.flatMap((product, place) => [
      ...(typeof product.sku === 'string' && !catalogue.some(({ sku }) => sku === product.sku)
        ? [issue(`/products/${place}/sku`, `"${product.sku}" is not in the catalogue`)]
        : []),
      ...paperFaults(product.paper, papers, `/products/${place}/paper`),
    ]),
    ...zoneFaults(value.opening),
  ]
}

const paperFaults = (paper: unknown, papers: readonly unknown[], pointer: string): Issue[] =>
  isRecord(paper)
    ? Object.entries(paper)
        .filter(([, id]) => typeof id === 'string' && !papers.includes(id))
        .map(([part, id]) =>
          issue(`${pointer}/${part}`, `"${id}" is none of its papers: ${papers.join(', ') || 'it has none'}`),
        )
    : []

function zoneFaults(opening: unknown): Issue[] {
  if (!isRecord(opening) || typeof opening.timeZone !== 'string') return []
  try {
    new Intl.DateTimeFormat('en', { timeZone: opening.timeZone })
    return []
  } catch {
    return [issue('/opening/timeZone', `"${opening.timeZone}" is no IANA time zone, such as Europe/Amsterdam`)]
  }
}

const issue = (pointer: string, detail: string): Issue => ({ pointer, detail })

/** Places of what stands further up as well. */
const twice = (values: readonly unknown[]): number[] =>
  values.flatMap((value, place) => (value !== undefined && values.indexOf(value) < place ? [place] : []))

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSchema = (value: unknown): value is TSchema => isRecord(value)
