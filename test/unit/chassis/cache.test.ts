import { describe, expect, test } from 'vitest'
import { keyOfAccount, keyOfEveryone } from '#chassis/cache/cache-key.ts'
import { key, settled, worldOf } from './cache-world.ts'

const other = keyOfAccount('acc_2', 'orders', 'ord_1')

describe('an entry', () => {
  test('is loaded once, however many ask for it at once, and serves while it is fresh', async () => {
    const world = worldOf({ load: async () => 'x' })
    expect(await world.cache.get(key)).toBe('x')
    const slow = worldOf()
    slow.waits = true
    const answers = Array.from({ length: 50 }, () => slow.cache.get(key))
    await settled()
    slow.letGo()
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['one']))
    slow.at = 99
    expect(await slow.cache.get(key)).toBe('one')
    expect(slow.asked).toHaveLength(1)
  })

  test('that is stale serves at once while one refresh runs, and is never older than its limits say', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: 120, found: 'two', waits: true })
    expect(await Promise.all([world.cache.get(key), world.cache.get(key)])).toEqual(['one', 'one'])
    await settled()
    expect(world.asked).toHaveLength(2)
    world.letGo()
    await settled()
    expect(await world.cache.get(key)).toBe('two')
    Object.assign(world, { at: 120 + 150, found: 'three', waits: false })
    expect(await world.cache.get(key)).toBe('three')
  })

  test('that is too old to be shown waits also for a refresh that began while it was not', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: 120, found: 'two', waits: true })
    await world.cache.get(key)
    world.at = 400
    const answer = world.cache.get(key)
    await settled()
    world.letGo()
    expect(await answer).toBe('two')
  })

  test('serves within its limit when a load fails, and nobody waits for the failing loads but the first', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: 1000, found: new Error('gone') })
    expect(await world.cache.get(key)).toBe('one')
    expect(await world.cache.get(key)).toBe('one')
    expect(world.asked).toHaveLength(2)
    Object.assign(world, { at: 2500, found: 'two', waits: true })
    expect(await world.cache.get(key)).toBe('one')
    await settled()
    world.letGo()
    await settled()
    expect(await world.cache.get(key)).toBe('two')
  })

  test('beyond that limit, or without one, the error of the load is thrown', async () => {
    const world = worldOf()
    world.found = new Error('gone')
    await expect(world.cache.get(key)).rejects.toThrow('gone')
    world.found = 'one'
    await world.cache.get(key)
    Object.assign(world, { at: 5100, found: new Error('gone again') })
    await expect(world.cache.get(key)).rejects.toThrow('gone again')
    world.found = 'two'
    expect(await world.cache.get(key)).toBe('two')
  })

  test('that is not there is known not to be there, for its own time', async () => {
    const world = worldOf()
    world.found = undefined
    await world.cache.get(key)
    world.found = 'one'
    world.at = 19
    expect(await world.cache.get(key)).toBeUndefined()
    world.at = 20
    expect(await world.cache.get(key)).toBe('one')
  })

  test('is loaded again when the clock was set back', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: -10_000, found: 'two' })
    expect(await world.cache.get(key)).toBe('two')
  })
})

describe('what is forgotten', () => {
  test('while it is loaded reaches those who asked before, and nobody after', async () => {
    const world = worldOf()
    world.waits = true
    const before = world.cache.get(key)
    await settled()
    world.cache.forget(key)
    world.found = 'two'
    const after = world.cache.get(key)
    await settled()
    world.letGo()
    expect([await before, await after]).toEqual(['one', 'two'])
    expect(await world.cache.get(key)).toBe('two')
  })

  test('by its beginning is forgotten with everything below it, also while it is loaded, and nothing else is', async () => {
    const world = worldOf()
    const tenth = keyOfAccount('acc_10', 'orders')
    await Promise.all([world.cache.get(key), world.cache.get(other), world.cache.get(tenth)])
    world.waits = true
    const loading = world.cache.get(keyOfAccount('acc_1', 'terms'))
    await settled()
    Object.assign(world, { found: 'two', waits: false })
    world.cache.forgetWhere(keyOfAccount('acc_1'))
    world.letGo()
    await loading
    const again = await Promise.all(
      [key, other, tenth, keyOfAccount('acc_1', 'terms')].map((each) => world.cache.get(each)),
    )
    expect(again).toEqual(['two', 'one', 'one', 'two'])
  })

  test('while a refresh of it fails is not served again', async () => {
    const world = worldOf()
    await world.cache.get(key)
    Object.assign(world, { at: 200, found: new Error('gone'), waits: true })
    const before = world.cache.get(key)
    await settled()
    world.cache.forget(key)
    world.letGo()
    await expect(before).rejects.toThrow('gone')
    world.waits = false
    await expect(world.cache.get(key)).rejects.toThrow('gone')
  })
})

test('a cache is bounded by entries, or by bytes: what was asked for least recently goes', async () => {
  const keys = Array.from({ length: 30 }, (_, number) => keyOfEveryone(String(number)))
  for (const most of [{ entries: 10 }, { bytes: 500 }]) {
    const world = worldOf({ most })
    for (const each of keys) await world.cache.get(each)
    for (const each of keys.slice(-5)) await world.cache.get(each)
    expect(world.asked).toHaveLength(30)
    for (const each of keys) await world.cache.get(each)
    expect(world.asked.length).toBeGreaterThanOrEqual(50)
  }
})
