import type { TSchema } from 'typebox'
import { Facility } from '#contracts/facility.ts'
import { type Issue, issuesOf } from '#contracts/parse.ts'
import { countryFaults } from '#contracts/prices/country-faults.ts'
import { isRecord, issue, listOf, twice, zoneFaults } from './faults-of-values.ts'
import { productFaults } from './product-faults.ts'

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
  const papers = listOf(value.papers)
  return [
    ...twice(papers.map(({ id }) => id)).map((place) => issue(`/papers/${place}/id`, 'is listed before')),
    ...productFaults(listOf(value.products), papers),
    ...countryFaults([value.country], () => '/country'),
    ...listOf(value.carriers).flatMap(({ countries }, place) =>
      countryFaults(Array.isArray(countries) ? countries : [], (at) => `/carriers/${place}/countries/${at}`),
    ),
    ...zoneFaults(value.opening),
  ]
}

const isSchema = (value: unknown): value is TSchema => isRecord(value)
