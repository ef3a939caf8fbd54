import { randomUUID } from 'node:crypto'
import type { Named } from '../p11/access-table.ts'
import { canaryOf, type Owner } from './sightings.ts'
import type { Makeable } from './steps.ts'
import { orderOf, type World } from './world.ts'

type Making = { readonly path: string; readonly body: (owner: Owner) => object; readonly kinds: readonly Named[] }

/** How each thing is made; every text in it is its owner's canary. Members are made by live keys. */
export const makings: Readonly<Record<Makeable | 'preflight', Making>> = {
  order: { path: '/v1/orders', body: orderOf, kinds: ['order', 'item'] },
  file: {
    path: '/v1/files',
    // Both worlds of an account see its files.
    body: () => ({ filename: 'a.pdf', content_type: 'application/pdf', size_bytes: 5 }),
    kinds: ['file'],
  },
  webhook: {
    path: '/v1/webhooks',
    body: (owner) => ({ url: 'https://93.184.215.14/hook', description: canaryOf(owner) }),
    kinds: ['webhook'],
  },
  publication: {
    path: '/v1/publications',
    body: (owner) => ({
      title: canaryOf(owner),
      content: { kind: 'asynchronous' },
      offers: [{ sku: 'poster-a3' }],
      currency: 'EUR',
    }),
    kinds: ['publication', 'version'],
  },
  key: { path: '/v1/api_keys', body: (owner) => ({ name: `${canaryOf(owner)} ${randomUUID()}` }), kinds: ['key'] },
  member: {
    path: '/v1/members',
    body: () => ({ email: `${randomUUID()}@example.com`, name: 'Ada', role: 'viewer' }),
    kinds: ['member'],
  },
  preflight: {
    path: '/v1/preflights',
    body: () => ({ sku: 'poster-a3', files: { image: 'https://example.com/a.jpg' } }),
    kinds: ['preflight'],
  },
}

/** Has a test event sent to an owner's endpoint; the delivery is there when the event has its number. */
export async function makeDelivery(world: World, owner: Owner): Promise<void> {
  const webhook = world.things.find(({ kinds, owner: its }) => kinds[0] === 'webhook' && its === owner)
  const id = webhook?.ids[0] ?? ''
  const { text } = await world.call(owner, { method: 'POST', path: `/v1/webhooks/${id}/test`, asked: [id] })
  const [, delivery = ''] = /"delivery_id":"(\w+)"/.exec(text) ?? []
  if (delivery === '') throw new Error(`No test delivery: ${text}`)
  world.things.push({ kinds: ['webhook', 'delivery'], ids: [id, delivery], owner, isGone: false })
}

/** Makes a thing; where there are as many as allowed, none. */
export async function make(world: World, owner: Owner, what: keyof typeof makings): Promise<void> {
  const by = what === 'member' ? { ...owner, isTest: false } : owner
  const { path, body, kinds } = makings[what]
  const { status, text } = await world.call(by, { method: 'POST', path, body: body(owner) })
  if (status === 409 && text.includes('limit_reached')) return
  if (status !== 201 && status !== 202 && status !== 200) throw new Error(`POST ${path}: ${status} ${text}`)
  const [, id = ''] = /"id":"(\w+)"/.exec(text) ?? []
  const [, item = kinds[1] === 'version' ? '1' : ''] = /"id":"(itm_\w+)"/.exec(text) ?? []
  world.things.push({ kinds, ids: item === '' ? [id] : [id, item], owner: by, isGone: false })
}
