import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OrderRouting } from '#contracts/order-api/order-routing.ts'
import { issuesOf } from '#contracts/parse.ts'
import { type Answer, callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

/** Leipzig's twins in two other cities of its country. */
const twins = [
  { id: 'fac_hamburg', city: 'Hamburg', latitude: 53.55, longitude: 10 },
  { id: 'fac_munich', city: 'München', latitude: 48.14, longitude: 11.58 },
]
const twinSql = `with twin as (insert into facilities (id, doc)
    select :id::text, doc || :changes::jsonb from facilities where id = 'fac_leipzig' returning id)
  insert into price_books (facility_id, currency, valid_from, doc)
    select :id::text, currency, valid_from, doc || jsonb_build_object('facilityId', :id::text) from price_books
    where facility_id = 'fac_leipzig' returning to_jsonb(facility_id) as row`

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  for (const twin of twins) {
    await api.database.rows(Type.String(), twinSql, { id: twin.id, changes: JSON.stringify(twin) })
  }
  call = callerOf(api)
})
afterAll(() => api?.close())

const hamburg = { line1: 'Jungfernstieg 1', city: 'Hamburg', postal_code: 'D-20354', country: 'DE' }
const munich = { line1: 'Marienplatz 1', city: 'München', postal_code: '80331', country: 'DE' }
const place = (address: object, changes: object = {}): Promise<Answer> =>
  call('POST', '/v1/orders', {
    key: api.secretKey,
    headers: fresh(),
    body: { ...posterByUrl(), recipient: { name: 'Ada Lovelace', address }, ...changes },
  })
const quote = (recipient: object): Promise<Answer> =>
  call('POST', '/v1/quotes', {
    key: api.secretKey,
    body: { recipient, items: [{ sku: 'poster-a3', quantity: 1 }] },
  })
const makerOf = ({ json }: Answer): string => json.items[0].facility_id
const quotedAt = ({ json }: Answer): string => json.facilities[0].facility_id
const routingOf = async (id: string) => (await call('GET', `/v1/orders/${id}/routing`, { key: api.secretKey })).json

describe('of two facilities in one country', () => {
  test.each([
    ['Hamburg', hamburg, 'fac_hamburg'],
    ['Munich', munich, 'fac_munich'],
  ])('an order to %s is made by the nearer one, which it is quoted and charged for too', async (_city, address, id) => {
    const { country, postal_code } = address
    const quoted = await quote({ country, postal_code })
    const free = await place(address)
    const bound = await place(address, { quote_id: quoted.json.id })
    expect([quotedAt(quoted), makerOf(free), makerOf(bound)]).toEqual([id, id, id])
    expect([free.json.charges, bound.json.charges]).toEqual([
      quoted.json.shipping_options[0].charges,
      quoted.json.shipping_options[0].charges,
    ])
    const routing = await routingOf(free.json.id)
    expect(issuesOf(OrderRouting, routing)).toEqual([])
    expect(routing.recipient_place).toBe('postal_area')
    expect(routing.candidates[0]).toMatchObject({ facility_id: id, distance_km: expect.toSatisfy((km) => km < 30) })
    expect(JSON.stringify(routing)).not.toContain(postal_code)
  })

  test('a quote by country alone is for its middle, and the order stays there', async () => {
    const quoted = await quote({ country: 'DE' })
    expect(quotedAt(quoted)).toBe('fac_leipzig')
    const { json } = await place(munich, { quote_id: quoted.json.id })
    expect(json.items[0].facility_id).toBe('fac_leipzig')
    expect((await routingOf(json.id)).candidates[0].reason).toBe('where it was quoted to be made')
  })

  test('an order whose code nobody knows goes to the one in the middle, and says that only the country was known', async () => {
    const { json } = await place({ ...munich, postal_code: '٨٠٣٣١' })
    expect(json.items[0].facility_id).toBe('fac_leipzig')
    expect((await routingOf(json.id)).recipient_place).toBe('country')
  })

  test('a simulation counts the orders that were measured to their postal area', async () => {
    const { status, json } = await call('POST', '/v1/routing/simulate', {
      key: api.secretKey,
      body: { policy: { exclude: ['fac_munich'] } },
    })
    expect([status, json.orders, json.by_postal_area, json.moved]).toEqual([200, 6, 5, 2])
  })
})
