import { PutBucketLifecycleConfigurationCommand } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clearFiles } from '../../../services/order-api/retention/clear-files.ts'
import { expireOrders } from '../../../services/order-api/retention/expire-orders.ts'
import { fresh } from './client.ts'
import { parcel } from './lifecycle-world.ts'
import { day, openRetention, type Retention } from './retention-world.ts'

let world: Retention

beforeAll(async () => {
  world = await openRetention()
  world.life.api.clock.now = new Date()
})
afterAll(() => world?.api.close())

const inDays = (days: number): string => new Date(world.life.now().getTime() + days * day * 60_000).toISOString()
/** An order of an uploaded picture that was delivered just now. */
async function delivered() {
  const file = await world.upload()
  const order = await world.place(world.posterOf(file))
  const files = await world.made(order.id)
  await world.shipped(order.id)
  await world.delivered(order.id)
  await world.count()
  return { id: order.id, file, source: `${await world.accountId()}/${file}`, item: order.items[0].id, ...files }
}
const reprint = (id: string, item: string) =>
  world.call('POST', `/v1/orders/${id}/reprints`, {
    headers: fresh(),
    body: { items: [{ item_id: item }], reason: 'torn', fault: 'facility' },
  })
const linkOf = async (id: string, item: string, name: string) =>
  (await world.call('GET', `/v1/orders/${id}/items/${item}/${name}`)).status

describe('files of an order that was delivered', () => {
  test('stay for the days of the account, and are gone then, but for the receipt and what was claimed', async () => {
    const order = await delivered()
    const claim = `claims/fac_utrecht/job_of_${order.id}`
    const keys = `facilities/fac_utrecht/keys/press.json`
    for (const key of [claim, keys]) await world.put('print-files', key)
    await world.sweep()
    const until = new Date(world.life.now().getTime() + (90 * day - 120) * 60_000).toISOString()
    expect(await world.read(order.id)).toMatchObject({ stage: 'delivered', files_expire_at: until })
    world.life.later(89 * day)
    await world.sweep()
    expect((await world.read(order.id)).files_expired).toBeUndefined()
    expect(await world.isDue('print-files', order.key)).toBe(false)

    world.life.later(day)
    await world.sweep()
    expect(await world.read(order.id)).toMatchObject({ files_expire_at: until, files_expired: true })
    for (const name of ['print-file', 'preview', 'preflight-report'])
      expect(await linkOf(order.id, order.item, name)).toBe(410)
    expect(await linkOf(order.id, order.item, 'receipt')).toBe(200)
    expect((await world.call('GET', `/v1/files/${order.file}`)).json.status).toBe('expired')
    for (const key of order.keys)
      expect([key, await world.isDue('print-files', key)]).toEqual([key, key !== order.receiptKey])
    expect(await world.isDue('sources', order.source)).toBe(true)

    await lifecycle()
    expect(await world.keysOf('print-files', order.folder)).toEqual([order.receiptKey])
    expect(await world.isThere('sources', order.source)).toBe(false)
    for (const key of [claim, keys]) expect(await world.isThere('print-files', key)).toBe(true)
  })

  test('are printed again within the days, which keeps them as long as that takes and its days again', async () => {
    const order = await delivered()
    await world.count()
    world.life.later(80 * day)
    const again = await reprint(order.id, order.item)
    expect([again.status, again.json.stage]).toEqual([201, 'released'])
    world.life.later(20 * day)
    await world.sweep()
    expect((await world.read(order.id)).files_expired).toBeUndefined()
    await world.shipped(again.json.id)
    await world.delivered(again.json.id)
    const until = inDays(90)
    await world.count()
    world.life.later(2 * day)
    await world.sweep()
    expect((await world.read(order.id)).files_expire_at).toBe(until)
    expect(await world.isDue('print-files', order.key)).toBe(false)
    world.life.later(91 * day)
    await world.sweep()
    for (const id of [order.id, again.json.id]) expect((await world.read(id)).files_expired).toBe(true)
    expect(await world.isDue('print-files', order.key)).toBe(true)
  })

  test('cannot be printed again when they are gone, and the answer says so', async () => {
    const order = await delivered()
    world.life.later(91 * day)
    await world.sweep()
    const { status, json } = await reprint(order.id, order.item)
    expect([status, json.code]).toEqual([410, 'files_expired'])
    expect(json.detail).toContain(order.file)
    const anew = await world.call('POST', '/v1/orders', { headers: fresh(), body: { ...body(order.file) } })
    expect([anew.status, anew.json.errors?.[0].pointer]).toEqual([422, '/items/0/files/image'])
    const offers = [{ sku: 'poster-a3' }]
    const page = { title: 'A', content: { kind: 'file', file: order.file }, offers, currency: 'EUR' }
    const { json: unpublished } = await world.call('POST', '/v1/publications', { headers: fresh(), body: page })
    const { json: unlooked } = await world.call('POST', '/v1/preflights', {
      body: { sku: 'poster-a3', files: { image: order.file } },
    })
    const goneOn = inDays(-120 / day).slice(0, 10)
    for (const refused of [anew.json, unpublished, unlooked]) {
      const { detail } = refused.errors[0]
      expect(detail).toContain(`file ${order.file} expired on ${goneOn}`)
      expect(detail).toContain('upload it again')
    }
  })

  test('go by the days that the account says when the order ends; a wrong number is refused', async () => {
    const days = (retention_days: unknown) =>
      world.call('PATCH', '/v1/account', { key: world.api.liveSecretKey, body: { retention_days } })
    for (const wrong of [0, 3651, 1.5, -1, '90', null])
      expect([wrong, (await days(wrong)).status]).toEqual([wrong, 422])
    const before = await delivered()
    expect((await days(7)).json.retention_days).toBe(7)
    const after = await delivered()
    world.life.later(8 * day)
    await world.sweep()
    expect((await world.read(after.id)).files_expired).toBe(true)
    expect((await world.read(before.id)).files_expired).toBeUndefined()
    expect((await days(90)).json.retention_days).toBe(90)
  })
})

describe('an item that is made elsewhere', () => {
  test('keeps what the reprint needs as long as all files stay; then what its first facility had goes too, but for the receipt', async () => {
    const file = await world.upload()
    const order = await world.place(world.posterOf(file))
    const [utrecht, leipzig] = ['fac_utrecht', 'fac_leipzig']
    const first = await world.made(order.id)
    await world.allowAnyCost()
    // The clock stands still: tickets of two facilities are told apart by when they were written.
    world.life.later(1)
    await world.life.says(order.id, 'rejected', { cause: 'out_of_stock_media' }, 0, world.elsewhere)
    expect((await world.read(order.id)).items[0]).toMatchObject({
      ...{ facility_id: leipzig, status: 'pending' },
      earlier: [{ facility_id: utrecht }],
    })
    const second = await world.made(order.id)
    expect([first.folder, second.folder].map((folder) => folder.split('/')[1])).toEqual([utrecht, leipzig])
    await world.life.says(order.id, 'shipped', parcel, 1)
    await world.life.says(order.id, 'delivered', {}, 1)
    await world.count()
    world.life.later(80 * day)
    await world.sweep()
    const again = await reprint(order.id, order.items[0].id)
    expect([again.status, again.json.items[0].facility_id]).toEqual([201, leipzig])
    world.life.later(20 * day)
    await world.sweep()
    for (const key of [first.key, second.key]) expect(await world.isDue('print-files', key)).toBe(false)
    expect(await world.isDue('sources', `${await world.accountId()}/${file}`)).toBe(false)
    await world.shipped(again.json.id)
    await world.delivered(again.json.id)
    await world.count()
    world.life.later(91 * day)
    await world.sweep()
    for (const { keys, receiptKey } of [first, second])
      for (const key of keys) expect([key, await world.isDue('print-files', key)]).toEqual([key, key !== receiptKey])
    for (const facility of [utrecht, leipzig])
      expect(await linkOf(order.id, order.items[0].id, `receipt?facility=${facility}`)).toBe(200)
  })
})

describe('other orders', () => {
  test('that nobody says arrived count as delivered after 30 days; cancelled ones from the day on', async () => {
    const silent = await world.place()
    await world.made(silent.id)
    await world.shipped(silent.id)
    const cancelled = await world.place()
    await world.call('POST', `/v1/orders/${cancelled.id}/cancel`, { headers: fresh() })
    const [inAll, fromNow] = [inDays(120), inDays(90)]
    await world.count()
    expect((await world.read(silent.id)).files_expire_at).toBe(inAll)
    expect((await world.read(cancelled.id)).files_expire_at).toBe(fromNow)
    world.life.later(day)
    await world.delivered(silent.id)
    await world.count()
    expect((await world.read(silent.id)).files_expire_at).toBe(inDays(90))
  })

  test('that are under way keep an uploaded file, and so does a publication; then it goes', async () => {
    const order = await delivered()
    const other = await world.place(world.posterOf(order.file))
    const draft = {
      title: 'A',
      content: { kind: 'file', file: order.file },
      offers: [{ sku: 'poster-a3' }],
      currency: 'EUR',
    }
    world.life.later(91 * day)
    await world.sweep()
    expect((await world.read(order.id)).files_expired).toBe(true)
    expect(await world.isDue('print-files', order.key)).toBe(true)
    expect(await world.isDue('sources', order.source)).toBe(false)
    const publication = (await world.call('POST', '/v1/publications', { headers: fresh(), body: draft })).json
    expect(publication.id).toMatch(/^pub_/)
    await world.call('POST', `/v1/orders/${other.id}/cancel`, { headers: fresh() })
    await world.count()
    world.life.later(91 * day)
    await world.sweep()
    world.life.later(day)
    await world.sweep()
    expect((await world.read(other.id)).files_expired).toBe(true)
    expect(await world.isDue('sources', order.source)).toBe(false)
    expect((await world.call('GET', `/v1/files/${order.file}`)).json.status).not.toBe('expired')
  })
})

describe('a worker that was away', () => {
  test('for months gives what ended meanwhile another 30 days', async () => {
    const order = await world.place()
    await world.call('POST', `/v1/orders/${order.id}/cancel`, { headers: fresh() })
    world.life.later(200 * day)
    await world.count()
    expect((await world.read(order.id)).files_expire_at).toBe(inDays(30))
  })
})

describe('a worker that dies', () => {
  test('between any two steps leaves nothing that the next one does not finish, and no file that is needed is lost', async () => {
    const order = await delivered()
    await world.count()
    world.life.later(91 * day)
    await Promise.all([expireOrders(world.expiry), expireOrders(world.expiry)])
    expect((await world.read(order.id)).files_expired).toBe(true)
    // Nothing is marked within the hour; a reprint that was decided before it is seen.
    expect(await clearFiles({ ...world.expiry, store: world.store })).toBe(0)
    world.life.later(61)
    const broken = { ...world.store, sourcesBucket: 'not-there' }
    await expect(clearFiles({ ...world.expiry, store: broken })).rejects.toThrow('The storage of not-there')
    expect((await world.read(order.id)).files_expired).toBe(true)
    expect(await clearFiles({ ...world.expiry, store: world.store })).toBeGreaterThan(0)
    expect(await world.isDue('print-files', order.key)).toBe(true)
    expect(await clearFiles({ ...world.expiry, store: world.store })).toBe(0)
  })

  test('gives everything back to a reprint that was decided before the files were said to be gone, and written after', async () => {
    const order = await delivered()
    const first = (await reprint(order.id, order.item)).json
    await world.shipped(first.id)
    await world.delivered(first.id)
    await world.count()
    world.life.later(95 * day)
    await expireOrders(world.expiry)
    world.life.later(day)
    await expireOrders(world.expiry)
    expect((await world.read(order.id)).files_expired).toBe(true)
    // As it was for whoever decided a moment before.
    const before = 'update orders set files_gone_at = null where id = :id::text returning to_jsonb(id) as row'
    await world.api.database.rows(Type.String(), before, { id: first.id })
    const again = (
      await world.call('POST', `/v1/orders/${first.id}/reprints`, {
        headers: fresh(),
        body: { items: [{ item_id: first.items[0].id }], reason: 'torn', fault: 'publisher' },
      })
    ).json
    expect(again.stage).toBe('released')
    await world.sweep()
    expect((await world.read(order.id)).files_expired).toBeUndefined()
    expect((await world.call('GET', `/v1/files/${order.file}`)).json.status).toBe('uploaded')
    expect(await world.isDue('print-files', order.key)).toBe(false)
  })
})

const body = (file: string) => ({
  recipient: {
    name: 'Ada Lovelace',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  ...world.posterOf(file),
})

/** The store's own night: the rules of contracts/retention, as S3 has them. */
async function lifecycle(): Promise<void> {
  for (const [kind, { primary }] of Object.entries(world.rules)) {
    const Rules = primary.map(({ id, prefix, tag, days }) => ({
      ID: id,
      Status: 'Enabled' as const,
      Filter: tag ? { And: { Prefix: prefix, Tags: [{ Key: tag.key, Value: tag.value }] } } : { Prefix: prefix },
      Expiration: { Days: days },
    }))
    await world.api.s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket: kind, LifecycleConfiguration: { Rules } }),
    )
  }
  await world.api.expireObjects(new Date(Date.now() + 2 * day * 60_000))
}
