import { createSequencer } from '../../../services/order-api/events/number-events.ts'
import { callerOf, fresh, posterByUrl } from '../../loopback/order-api/client.ts'
import type { ApiUnderTest } from '../../loopback/order-api/platform.ts'
import type { Tenant } from '../tenants.ts'
import type { Named } from './access-table.ts'

/** A public address that needs no look-up; nothing is sent, as no worker runs. */
const target = { url: 'https://93.184.215.14/hook' }

/** Versions are counted for each publication: an unknown one is the first version of nothing. */
const firstVersion = '1'
const draft = {
  title: 'Harbour Lights',
  content: { kind: 'asynchronous' },
  offers: [{ sku: 'poster-a3' }],
  currency: 'EUR',
}

/** Makes what an id can name, by the API itself; gives the ids of an address, such as those of an order and its item. */
export function makerOfBelongings(api: ApiUnderTest, tenant: Tenant) {
  const call = callerOf(api)
  // The worker's part: deliveries come from events that have their number. Its first round only learns whose turn it is.
  const round = createSequencer(api.database, () => new Date())
  const made = async (path: string, key: string, body?: object) => {
    const answer = await call('POST', path, { key, headers: fresh(), ...(body ? { body } : {}) })
    if (answer.status < 200 || answer.status > 202) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`)
    return answer.json
  }
  const makers: Readonly<Record<string, (key: string) => Promise<readonly string[]>>> = {
    order: async (key) => [(await made('/v1/orders', key, posterByUrl())).id],
    'order item': async (key) => {
      const { id, items } = await made('/v1/orders', key, posterByUrl())
      return [id, items[0].id]
    },
    file: async (key) => {
      const body = { filename: 'a.pdf', content_type: 'application/pdf', size_bytes: 5 }
      return [(await made('/v1/files', key, body)).id]
    },
    key: async (key) => [(await made('/v1/api_keys', key, { name: `for P11 ${Math.random()}` })).id],
    member: async () => {
      const body = { email: `${Math.random()}@example.com`, name: 'Ada', role: 'viewer' }
      return [(await made('/v1/members', tenant.live, body)).id]
    },
    preflight: async (key) => {
      const body = { sku: 'poster-a3', files: { image: 'https://example.com/a.jpg' } }
      return [(await made('/v1/preflights', key, body)).id]
    },
    publication: async (key) => [(await made('/v1/publications', key, draft)).id],
    'publication version': async (key) => [(await made('/v1/publications', key, draft)).id, firstVersion],
    webhook: async (key) => [(await made('/v1/webhooks', key, target)).id],
    'webhook delivery': async (key) => {
      const { id } = await made('/v1/webhooks', key, target)
      const { delivery_id: delivery } = await made(`/v1/webhooks/${id}/test`, key)
      await round()
      await round()
      return [id, delivery]
    },
  }
  return (ids: readonly Named[], isTest: boolean): Promise<readonly string[]> => {
    const make = makers[ids.join(' ')]
    if (!make) throw new Error(`Nothing makes ${ids.join(' and ')}`)
    return make(isTest ? tenant.test : tenant.live)
  }
}

const prefixes: Readonly<Record<Exclude<Named, 'version'>, string>> = {
  ...{ order: 'ord', item: 'itm', file: 'fil', key: 'key', member: 'mem', webhook: 'whk', delivery: 'dlv' },
  ...{ preflight: 'pfl', publication: 'pub' },
}

/** Ids of the right form that nothing has. */
export const unknownIds = (ids: readonly Named[]): readonly string[] =>
  ids.map((named) => (named === 'version' ? firstVersion : `${prefixes[named]}_${'0'.repeat(26)}`))
