import { Type } from 'typebox'
import { ConfigError } from '#chassis/config.ts'
import { FacilityId } from '#contracts/ids.ts'
import { issuesOf, parse } from '#contracts/parse.ts'
import type { ShopFacility } from './start.ts'

const folder = Type.String({ minLength: 1 })
const Facilities = Type.Array(
  Type.Object({ facilityId: FacilityId, hotFolder: folder, statusFolder: folder }, { additionalProperties: false }),
  { minItems: 1 },
)

/** The facilities named in the variable FACILITIES; throws ConfigError with every fault. */
export function readFacilities(text: string): readonly ShopFacility[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ConfigError(['FACILITIES is not JSON'])
  }
  const issues = issuesOf(Facilities, value)
  if (issues.length > 0) throw new ConfigError(issues.map(({ pointer, detail }) => `FACILITIES${pointer} ${detail}`))
  return parse('FACILITIES', Facilities, value)
}
