import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#chassis/database.ts'
import { type AccessKey, nextKeyPath } from '#contracts/facility-grant.ts'
import { revokeClient } from '../../services/order-api/enrolment/client-store.ts'
import { sweepFacilityKeys } from '../../services/order-api/enrolment/sweep-facility-keys.ts'
import { day, facilityId, type KeysWorld, openKeysWorld } from './facility-keys-world.ts'

let world: KeysWorld
beforeAll(async () => {
  world = await openKeysWorld()
})
afterAll(() => world?.close())

describe('a change of keys that is cut off', () => {
  /** Throws at the call of that number, before it is made or after, as a crash or a lost answer does. */
  function cutAt(place: number, isAfter: boolean) {
    let calls = 0
    const cut = async <T>(make: () => Promise<T>): Promise<T> => {
      calls += 1
      const isHere = calls === place
      if (isHere && !isAfter) throw new Error('cut off before')
      const made = await make()
      if (isHere) throw new Error('cut off after')
      return made
    }
    const { database, keys, s3 } = world.sweepWith()
    const rows: Database['rows'] = (...call) => cut(() => database.rows(...call))
    const send: S3Client['send'] = (command: never) => cut(() => s3.send(command))
    const parts = {
      database: { rows },
      keys: {
        issue: (...call: Parameters<typeof keys.issue>) => cut(() => keys.issue(...call)),
        revoke: (...call: Parameters<typeof keys.revoke>) => cut(() => keys.revoke(...call)),
      },
      s3: { send },
    }
    return { parts, wasReached: () => calls >= place }
  }

  /** Once through with the worker cut off at that call; gives whether it has so many. */
  async function goThrough(place: number, isAfter: boolean): Promise<boolean> {
    const client = await world.letIn(`cut ${place}`)
    const first = await client.keyOnDisk()
    world.pass(31 * day)
    const faulty = cutAt(place, isAfter)
    for (const parts of [faulty.parts, faulty.parts, {}, {}]) {
      await world.hear(client)
      await sweepFacilityKeys(world.sweepWith(parts)).catch(() => undefined)
      expect([place, isAfter, await world.works(client)]).toEqual([place, isAfter, true])
      await world.look(client).catch(() => undefined)
      world.pass(3_600_000)
    }
    expect([world.keysOf(client), await world.works(client), (await client.keyOnDisk()) === first]).toEqual([
      1,
      true,
      false,
    ])
    return faulty.wasReached()
  }

  test('at any step of the worker leaves the client with a key that works, and is gone on with', async () => {
    for (const isAfter of [false, true]) {
      let place = 1
      while (await goThrough(place, isAfter)) place += 1
      expect(place).toBeGreaterThan(8)
    }
  })

  test('by the operator who revokes the client leaves it with none', async () => {
    const client = await world.letIn('revoked meanwhile')
    world.pass(31 * day)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    await world.look(client)
    world.pass(3_600_000)
    await world.hear(client)
    const { database, keys } = world.sweepWith()
    const revoke: typeof keys.revoke = async (...call) => {
      await keys.revoke(...call)
      await revokeClient(database, { facilityId, clientId: client.clientId }, new Date())
    }
    await sweepFacilityKeys(world.sweepWith({ keys: { ...keys, revoke } }))
    world.pass(3_600_000)
    await sweepFacilityKeys(world.sweepWith())
    expect([world.keysOf(client), await world.works(client)]).toEqual([0, false])
  })

  test('at the client leaves it with a key that works', async () => {
    const client = await world.letIn('client cut')
    world.pass(31 * day)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    const before = async () => {
      throw new Error('killed before')
    }
    await expect(world.look(client, before)).rejects.toThrow('killed before')
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    expect([await world.works(client), world.keysOf(client)]).toEqual([true, 2])
    const after = async (own: (key: AccessKey) => Promise<void>, key: AccessKey) => {
      await own(key)
      throw new Error('killed after')
    }
    await expect(world.look(client, after)).rejects.toThrow('killed after')
    expect(await world.works(client)).toBe(true)
    await world.hear(client)
    await sweepFacilityKeys(world.sweepWith())
    expect([await world.works(client), world.keysOf(client)]).toEqual([true, 1])
  })

  test('and a next key that somebody else put there is not taken', async () => {
    const [client, other] = [await world.letIn('one'), await world.letIn('other')]
    world.pass(31 * day)
    for (const each of [client, other]) await world.hear(each)
    await sweepFacilityKeys(world.sweepWith())
    const place = (clientId: string) => ({ Bucket: 'print-files', Key: nextKeyPath(facilityId, clientId) })
    const { Body } = await world.api.s3.send(new GetObjectCommand(place(other.clientId)))
    const text = (await Body?.transformToString()) ?? ''
    const first = await client.keyOnDisk()
    for (const bad of [text, text.replace(other.clientId, client.clientId)]) {
      await world.api.s3.send(new PutObjectCommand({ ...place(client.clientId), Body: bad }))
      await expect(world.look(client)).rejects.toThrow('not sealed to this client')
    }
    await world.api.s3.send(new PutObjectCommand({ ...place(client.clientId), Body: 'not even JSON' }))
    await expect(world.look(client)).rejects.toThrow()
    expect([await client.keyOnDisk(), await world.works(client)]).toEqual([first, true])
  })
})
