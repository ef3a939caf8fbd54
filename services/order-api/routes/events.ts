import { AccountEventList, AccountEventQuery } from '#contracts/order-api/event.ts'
import { parse } from '#contracts/parse.ts'
import { readAccountEvents } from '../events/read-account-events.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'

/** The log of everything that happened in the account, in the world of the key. */
export const addEventRoutes: AddRoutes = (app, { database }) => {
  app.get('/v1/events', {
    config: needs('events:read'),
    schema: {
      tags: ['Events'],
      summary: 'Everything that happened, oldest first',
      description:
        'Each event has a gapless number. Whoever asks again with `next` as `after` misses nothing and sees nothing twice.',
      querystring: AccountEventQuery,
      response: responses(200, AccountEventList, 'What came after', 401, 403, 422),
    },
    handler: async (request) => {
      const { after = '0', limit = '100', type } = parse('query', AccountEventQuery, request.query)
      const wanted = { after: Number(after), limit: Number(limit), type: type ?? null }
      return await readAccountEvents(database, callerOf(request), wanted)
    },
  })
}
