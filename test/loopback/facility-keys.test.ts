import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { revokeClient } from '../../services/order-api/enrolment/client-store.ts'
import { sweepFacilityKeys } from '../../services/order-api/enrolment/sweep-facility-keys.ts'
import { day, facilityId, type KeysWorld, openKeysWorld } from './facility-keys-world.ts'

let world: KeysWorld
beforeAll(async () => {
  world = await openKeysWorld()
})
afterAll(() => world?.close())

describe('an access key', () => {
  test('is changed when it is a month old, by a client that is there, and the old one goes when the new one is heard', async () => {
    const client = await world.letIn('rotates')
    const first = await client.keyOnDisk()
    world.pass(29 * day)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    expect([await world.look(client), world.keysOf(client)]).toEqual([false, 1])

    world.pass(2 * day)
    await sweepFacilityKeys(world.sweepWith())
    expect([await world.look(client), world.keysOf(client)]).toEqual([false, 1])
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    expect(world.keysOf(client)).toBe(2)
    expect([await world.look(client), await world.look(client)]).toEqual([true, false])
    expect(await client.keyOnDisk()).not.toBe(first)
    await sweepFacilityKeys(world.sweepWith())
    expect(world.keysOf(client)).toBe(2)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    expect([world.keysOf(client), await world.works(client)]).toEqual([1, true])
  })

  test('is not lost by a client that was away for two months while it changed', async () => {
    const client = await world.letIn('away')
    const first = await client.keyOnDisk()
    world.pass(31 * day)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    for (const days of [10, 20, 30]) {
      world.pass(days * day)
      await sweepFacilityKeys(world.sweepWith())
    }
    expect([world.keysOf(client), await client.keyOnDisk(), await world.works(client)]).toEqual([2, first, true])
    expect(await world.look(client)).toBe(true)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    expect([world.keysOf(client), await world.works(client)]).toEqual([1, true])
  })

  test('that this database does not know, as after a restore, is noted, and nothing is taken away for it', async () => {
    const client = await world.letIn('restored')
    const sql = `update facility_clients set access_key_id = 'AKIAFORGOTTEN' where client_id = :client::text returning to_jsonb(1) as row`
    await world.api.database.rows(Type.Unknown(), sql, { client: client.clientId })
    world.pass(31 * day)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    await world.look(client)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    expect([await world.works(client), world.keysOf(client)]).toEqual([true, 1])
  })

  test('is gone for good when its client is shut out, the next one too, and the client is told so', async () => {
    const client = await world.letIn('revoked')
    world.pass(31 * day)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    await revokeClient(world.api.database, { facilityId, clientId: client.clientId }, world.clock.now())
    world.pass(day)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    expect([world.keysOf(client), await world.works(client)]).toEqual([0, false])
    await expect(world.look(client)).rejects.toThrow('Ask the operator for a new code')
  })
})
