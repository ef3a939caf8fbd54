import { createClient, fileSpool } from '../../../services/order-client/node/index.ts'

/**
 * A shop that is killed at any moment: sends what it finds in its spool, then takes orders number `first`, `first + 1`, …
 * Says `stored KEY` when an order is on disk, `done` when all are answered.
 */
const [baseUrl = '', apiKey = '', folder = '', prefix = '', first = '0', last = '0'] = process.argv.slice(2)
const say = (words: string): void => {
  process.stdout.write(`${words}\n`)
}
const spool = fileSpool(folder)
const telling = {
  ...spool,
  put: async (order: Parameters<typeof spool.put>[0]) => {
    await spool.put(order)
    say(`stored ${order.idempotencyKey}`)
  },
}
const { orders } = createClient({ baseUrl, apiKey, spool: telling, retries: 0, timeoutMilliseconds: 2_000 })
const sendAll = async (): Promise<void> => {
  while ((await orders.sendSpooled()).waiting > 0);
}
await sendAll()
for (let number = Number(first); number < Number(last); number += 1) {
  const reference = `${prefix}-${number}`
  const address = { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' }
  const items = [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/a.jpg' } }]
  const order = { reference, recipient: { name: 'Ada', address }, shipping_method: 'standard' as const, items }
  say(`begun ${number}`)
  // What has no answer now is sent from the spool later.
  await orders.create(order, { idempotencyKey: reference }).catch(() => undefined)
}
await sendAll()
say('done')
