import { describe, expect, test } from 'vitest'
import { all, chosen, columbus, dayOf, decide, facility, leipzig, noRate, reasons, utrecht } from './routing-world.ts'

const only = (name: 'distance' | 'cost' | 'date' | 'load' | 'quality') => ({
  weights: { distance: 0, cost: 0, date: 0, load: 0, quality: 0, [name]: 100 },
})

describe('by the policy that everybody has who says nothing', () => {
  test('the nearest that can make it does, and each other one hears why not', () => {
    expect(reasons({ skus: ['poster'] })).toEqual([
      ['fac_utrecht', 'nearest that makes everything in the order'],
      ['fac_leipzig', 'makes everything in the order, but is farther away'],
      ['fac_columbus', 'makes everything in the order, but is farther away'],
    ])
  })

  test('a nearer facility that cannot make it is passed over; those that make nothing of it are only counted', () => {
    const { candidates, unnamed, facilityOf } = decide({ skus: ['canvas'] })
    expect(facilityOf.get('canvas')?.id).toBe('fac_leipzig')
    expect(candidates.map(({ facilityId }) => facilityId)).toEqual(['fac_leipzig', 'fac_columbus'])
    expect(unnamed).toEqual({ makeNothing: 1, others: 0 })
  })

  test('an order stays in one parcel where one facility makes all of it', () => {
    expect(chosen({ skus: ['book', 'canvas'] })).toEqual({ book: 'fac_columbus', canvas: 'fac_columbus' })
    expect(reasons({ skus: ['book', 'canvas'] })).toEqual([
      ['fac_columbus', 'nearest that makes everything in the order'],
      ['fac_utrecht', 'does not make canvas'],
      ['fac_leipzig', 'does not make book'],
    ])
  })

  test('an order that nobody makes as a whole goes to the best maker of each product', () => {
    const split = { book: 'fac_utrecht', canvas: 'fac_leipzig' }
    expect(chosen({ skus: ['book', 'canvas'], facilities: [utrecht, leipzig] })).toEqual(split)
  })

  test('a nearby facility without a way to the recipient is passed over for one that has it, and says so', () => {
    expect(reasons({ skus: ['poster'], offers: { fac_utrecht: noRate } }).slice(0, 3)).toEqual([
      ['fac_leipzig', 'nearest that makes everything in the order and can have it'],
      ['fac_columbus', 'makes everything in the order, but is farther away'],
      ['fac_utrecht', 'no standard rate to NL'],
    ])
  })

  test('where nobody has a price, the nearest is asked to say why', () => {
    const none = { detail: 'no prices in JPY', isPriced: false }
    const offers = { fac_utrecht: none, fac_leipzig: none, fac_columbus: none }
    expect(chosen({ skus: ['poster'], offers })).toEqual({ poster: 'fac_utrecht' })
    expect(chosen({ skus: ['poster'], offers: { ...offers, fac_leipzig: noRate } })).toEqual({ poster: 'fac_leipzig' })
  })
})

describe('what counts beside the distance', () => {
  test('an account that weighs only the price gets the cheapest, with what it saves in words', () => {
    const wanted = { skus: ['poster'], policy: only('cost'), offers: { fac_columbus: { costMinor: 700 } } }
    expect(reasons(wanted)[0]).toEqual([
      'fac_columbus',
      'best that makes everything in the order: cheaper than fac_utrecht',
    ])
    expect(reasons(wanted)[1]).toEqual(['fac_utrecht', 'makes everything in the order, but is dearer'])
  })

  test('an account that weighs only the date gets the soonest', () => {
    const offers = { fac_leipzig: { promisedDay: dayOf('2026-11-25') } }
    expect(chosen({ skus: ['poster'], policy: only('date'), offers })).toEqual({ poster: 'fac_leipzig' })
  })

  test('a busy facility gives way to an idle one where load counts', () => {
    const capacity = { pagesADay: 1000, itemsADay: 10 }
    const busy = { ...utrecht, capacity }
    const loadOf = (id: string) => ({ pages: 0, items: id === 'fac_utrecht' ? 40 : 0 })
    const wanted = { skus: ['poster'], facilities: [busy, leipzig], policy: only('load'), loadOf }
    expect(chosen(wanted)).toEqual({ poster: 'fac_leipzig' })
    expect(decide(wanted).candidates.find(({ facilityId }) => facilityId === 'fac_utrecht')?.loadDays).toBe(4)
  })

  test('a facility with more than ten days of work is passed over, unless nobody else makes it', () => {
    const busy = { ...utrecht, capacity: { pagesADay: 1000, itemsADay: 10 } }
    const loadOf = () => ({ pages: 11_000, items: 0 })
    expect(reasons({ skus: ['poster'], facilities: [busy, leipzig], loadOf })).toEqual([
      ['fac_leipzig', 'nearest that makes everything in the order and can have it'],
      ['fac_utrecht', 'is over its capacity: 11 days of work'],
    ])
    expect(chosen({ skus: ['poster'], facilities: [busy], loadOf })).toEqual({ poster: 'fac_utrecht' })
  })

  test('a facility that is often late gives way where quality counts; of whom nothing is known is taken as usual', () => {
    const late = { ...utrecht, quality: { onTimePercent: 80, reprintPercent: 4 } }
    expect(chosen({ skus: ['poster'], facilities: [late, leipzig], policy: only('quality') })).toEqual({
      poster: 'fac_leipzig',
    })
  })

  test('the scores of those that were weighed are kept, each and in all', () => {
    const [first] = decide({ skus: ['poster'] }).candidates
    expect(first).toMatchObject({
      scores: { distance: 941, cost: 500, date: 500, load: 1000, quality: 920 },
      total: 857,
      costMinor: 1000,
      currency: 'EUR',
      promisedBy: '2026-11-27',
    })
  })
})

describe('what a policy forbids', () => {
  test('nothing goes to a paused, draining or excluded facility, and it is said which it is', () => {
    const paused = facility('paused', 52.3, 5.6, ['poster'], { status: 'paused' })
    const draining = facility('draining', 52.3, 5.6, ['poster'], { status: 'draining' })
    const wanted = { skus: ['poster'], facilities: [...all, paused, draining], policy: { exclude: ['fac_utrecht'] } }
    expect(chosen(wanted)).toEqual({ poster: 'fac_leipzig' })
    expect(reasons(wanted).slice(2)).toEqual([
      ['fac_draining', 'is draining'],
      ['fac_paused', 'is paused'],
      ['fac_utrecht', 'is excluded by the routing policy'],
    ])
  })

  test('a pinned account is served by that facility or by nobody', () => {
    expect(chosen({ skus: ['poster'], policy: { pin: 'fac_columbus' } })).toEqual({ poster: 'fac_columbus' })
    const none = decide({ skus: ['canvas'], policy: { pin: 'fac_utrecht' } })
    expect([...none.impossible]).toEqual([
      ['canvas', 'no facility that the routing policy permits makes canvas at the moment; choose another product'],
    ])
    expect(none.candidates[0]?.reason).toBe('is not fac_utrecht, to which the routing policy pins')
  })

  test('an account that never splits is told what to order by itself', () => {
    const { impossible, facilityOf } = decide({
      skus: ['book', 'canvas'],
      facilities: [utrecht, leipzig],
      policy: { split: 'never' },
    })
    expect(facilityOf.size).toBe(0)
    expect(impossible.get('book')).toContain('never splits an order; order book by itself')
  })

  test('who had it before is not asked again', () => {
    const barred = new Map([['fac_utrecht', 'had it before']])
    expect(chosen({ skus: ['poster'], barred })).toEqual({ poster: 'fac_leipzig' })
  })

  test('what no open facility makes is named', () => {
    expect([...decide({ skus: ['poster', 'mug'] }).impossible.keys()]).toEqual(['mug'])
    expect(chosen({ skus: [], facilities: [columbus] })).toEqual({})
  })
})
