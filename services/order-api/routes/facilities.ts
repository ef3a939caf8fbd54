import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { FacilityView, FacilityViewList } from '#contracts/order-api/facility-view.ts'
import { parse } from '#contracts/parse.ts'
import { presentFacility } from '../facilities/present-facility.ts'
import { createStandings } from '../facilities/standings.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'

const FacilityPath = Type.Object({ facility: Type.String({ maxLength: 60 }) })
const tags = ['Facilities']

/** GET /v1/facilities and one of them: the same for every account, counted in the world of the key. */
export const addFacilityRoutes: AddRoutes = (app, { database, facilities, now, log }) => {
  const standings = createStandings(database, now, log)

  app.get('/v1/facilities', {
    config: needs('orders:read'),
    schema: {
      tags,
      summary: 'Who prints, and how they stand',
      description: 'At most 15 s old.',
      response: responses(200, FacilityViewList, 'Every facility, by id', 401, 403),
    },
    handler: async (request) => {
      const [all, standing] = await Promise.all([facilities.all(), standings.of(callerOf(request).isTest)])
      return { data: all.map((facility) => presentFacility(facility, standing.get(facility.id), now())) }
    },
  })

  app.get('/v1/facilities/:facility', {
    config: needs('orders:read'),
    schema: {
      tags,
      summary: 'One facility',
      params: FacilityPath,
      response: responses(200, FacilityView, 'The facility', 401, 403, 404),
    },
    handler: async (request) => {
      const { facility: id } = parse('path', FacilityPath, request.params)
      const [all, standing] = await Promise.all([facilities.all(), standings.of(callerOf(request).isTest)])
      const facility = all.find((each) => each.id === id)
      if (!facility) throw new Refused('not_found', `There is no facility "${id}"; GET /v1/facilities lists them.`)
      return presentFacility(facility, standing.get(id), now())
    },
  })
}
