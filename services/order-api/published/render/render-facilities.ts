import type { FacilitiesDocument } from '#contracts/published/facilities-document.ts'
import type { Use } from '../tracked.ts'
import { type Rendered, rendered } from './rendered.ts'
import type { Sources } from './sources.ts'

/** Who makes what, and where. */
export function renderFacilities({ facilities }: Sources, use: Use): Rendered {
  const document: FacilitiesDocument = { object: 'facilities', data: [...use(facilities)] }
  return rendered(document)
}
