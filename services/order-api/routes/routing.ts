import { Type } from 'typebox'
import { OrderRouting } from '#contracts/order-api/order-routing.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import {
  mostSimulatedDays,
  mostSimulatedOrders,
  RoutingSimulation,
  RoutingSimulationRequest,
} from '#contracts/order-api/routing-simulation.ts'
import { parse } from '#contracts/parse.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import { presentRouting } from '../routing/present-routing.ts'
import { simulate } from '../routing/simulation/simulate.ts'
import { wantPolicy } from '../routing/want-policy.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'
import { wantedOrder } from './wanted-order.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })

/** Why an order is made where it is made, and where others would have been made by another policy. */
export const addRoutingRoutes: AddRoutes = (app, context) => {
  app.get('/v1/orders/:id/routing', {
    config: needs('orders:read'),
    schema: {
      tags: ['Orders'],
      summary: 'Why an order is made where it is made',
      params: IdPath,
      response: responses(200, OrderRouting, 'The decision as it was kept with the order', 401, 403, 404),
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      return presentRouting(await wantedOrder(context.changer.orders, callerOf(request), id))
    },
  })

  app.post('/v1/routing/simulate', {
    config: needs('orders:read'),
    schema: {
      tags: ['Orders'],
      summary: 'Replay your orders by another routing policy',
      description: `Who would have printed what, at what cost, distance and lateness, beside what happened. Changes nothing. At most ${mostSimulatedOrders} orders of ${mostSimulatedDays} days an answer: \`next\` goes on. Prices and facilities are those of today, and the load of then is not known: its weight has no effect here.`,
      body: RoutingSimulationRequest,
      response: responses(200, RoutingSimulation, 'The table', 400, 401, 403, 422),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const body = parse('simulation', RoutingSimulationRequest, request.body)
      const data = await readPriceData(context, caller.terms)
      wantPolicy(body.policy, caller.terms, data.facilities, '/policy')
      const policy = { ...(caller.terms.routing ?? defaultRoutingPolicy), ...body.policy }
      return simulate(context.database, caller, { ...body, policy }, data)
    },
  })
}
