import { Refused } from '#chassis/errors.ts'
import type { Facility } from '#contracts/facility.ts'
import type { ShippingMethod } from '#contracts/order-api/charges.ts'
import { unpackedWords } from '../charge-shipping.ts'
import { arrivalDay, leavingDay } from '../delivery-window.ts'
import { dutyBy } from '../duty.ts'
import { type Load, pack } from '../pack.ts'
import { type PlaceTax, placeTaxOf, untaxed } from '../place-tax.ts'
import type { PriceData } from '../price-data.ts'
import type { PricedPart } from '../price-order.ts'
import { taxed } from '../taxed.ts'
import { directoryOf, type Site } from './directory.ts'
import type { NoOffer, Offer, OfferOf, OffersOf, RouteItem } from './route-wish.ts'
import { tariffOf, type Way, type WayOf } from './tariff.ts'
import { type Wanted, wantedOf } from './wanted.ts'

type Part = Pick<PricedPart, 'destination' | 'currency'>

/** What single facilities of `data` would charge for some items, and when they would arrive. */
export function createOfferAt(
  items: readonly RouteItem[],
  part: Part,
  method: ShippingMethod,
  data: PriceData,
): (facility: Facility) => Offer | NoOffer {
  const { siteOf } = directoryOf(data.facilities)
  const offerOf = createOffersOf(part, method, data)(items)
  return ({ id }) => {
    const site = siteOf(id)
    if (!site) throw new Error(`${id} is not among the facilities of its price data`)
    return offerOf(site)
  }
}

/**
 * What sites would charge, and when it would arrive: the sums of a quote (`chargeLine`, `chargeShipping`) without all that a quote says
 * about them. Below a microsecond each: what is the same for all is reckoned once, and prices are looked up once.
 */
export function createOffersOf({ destination, currency }: Part, method: ShippingMethod, data: PriceData): OffersOf {
  const route = { country: destination.country, method }
  const placeTax = taxOf(destination, data)
  const tariff = tariffOf(data, currency)
  const wayOf = tariff.waysBy(route)
  return (items): OfferOf => {
    const wanted: Wanted[] = []
    for (const item of items) {
      const each = wantedOf(item, placeTax, tariff)
      if (!each) return () => ({ detail: `does not make ${item.sku}`, isPriced: false })
      wanted.push(each)
    }
    if (wanted.length === 0) return () => ({ detail: 'is asked for nothing', isPriced: false })
    const rates = wanted.map(({ ratePercent }) => ratePercent)
    const shippingPercent = placeTax.isShippingTaxed ? Math.max(0, ...rates) : 0
    return (site) => {
      const goods = goodsOf(site, wanted, wayOf)
      if ('detail' in goods) return goods
      const { way, netMinor, loads, productionDays } = goods
      const { book, rate, calendar, duty } = way
      const packed = pack(loads, book.shipping.parcel, rate)
      if ('detail' in packed) return { detail: unpackedWords(book, route, packed.detail), isPriced: true }
      const carriage = packed.priceMinor + (duty ? dutyBy(duty, netMinor) : 0)
      const carriageNet = book.isTaxInclusive ? taxed(carriage, shippingPercent, true).net : carriage
      const leaves = leavingDay(data.now, calendar, productionDays)
      return { costMinor: netMinor + carriageNet, currency, promisedDay: arrivalDay(leaves, rate.transitDays.maximum) }
    }
  }
}

type Goods = {
  readonly way: Way
  readonly netMinor: number
  readonly loads: readonly Load[]
  /** Of the slowest: parcels leave when all of it is made. */
  readonly productionDays: number
}

/** Whoever lacks a price says that first, then whoever lacks a way. */
function goodsOf(site: Site, wanted: readonly Wanted[], wayOf: WayOf): Goods | NoOffer {
  const way = wayOf(site)
  const loads: Load[] = []
  let netMinor = 0
  let productionDays = 0
  for (const each of wanted) {
    const line = each.lineOf(site)
    if ('detail' in line) return line
    if ('detail' in way) continue
    netMinor += each.netOf(line, way.book.isTaxInclusive)
    productionDays = Math.max(productionDays, line.productionDays ?? way.rate.productionDays)
    loads.push(each.loadOf(line))
  }
  return 'detail' in way ? way : { way, netMinor, loads, productionDays }
}

/** Where a tax is not known nobody can be charged; a test order goes its way all the same. */
function taxOf(destination: PricedPart['destination'], { taxes }: PriceData): PlaceTax {
  try {
    return placeTaxOf(destination, taxes, '')
  } catch (error) {
    if (error instanceof Refused) return untaxed
    throw error
  }
}
