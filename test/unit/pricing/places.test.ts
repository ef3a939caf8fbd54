import { describe, expect, test } from 'vitest'
import { distanceKm } from '#pricing/distance.ts'
import { areaOf } from '#pricing/places/area-of.ts'
import { readAreas } from '#pricing/places/area-table.ts'
import { placeOf } from '#pricing/places/place-of.ts'
import { postalAreas } from '#pricing/places/postal-areas.ts'

const at = (country: string, postalCode?: string) =>
  placeOf(postalCode === undefined ? { country } : { country, postalCode })

describe('a recipient is where the postal code says', () => {
  test.each([
    ['Amsterdam', 'NL', '1012 AB', 52.37, 4.9],
    ['Groningen', 'NL', '9711 LM', 53.22, 6.57],
    ['Maastricht', 'NL', '6211 CS', 50.85, 5.69],
    ['Hamburg', 'DE', '20095', 53.55, 10],
    ['Munich', 'DE', '80331', 48.14, 11.57],
    ['Berlin', 'DE', '10115', 52.53, 13.38],
    ['Seattle', 'US', '98101', 47.61, -122.33],
    ['Miami', 'US', '33101', 25.78, -80.2],
    ['Honolulu', 'US', '96813', 21.31, -157.86],
    ['Juneau', 'US', '99801', 58.3, -134.42],
    ['London', 'GB', 'SW1A 1AA', 51.5, -0.14],
    ['Manchester', 'GB', 'M1 1AE', 53.48, -2.24],
    ['Aberdeen', 'GB', 'AB10 1AB', 57.14, -2.11],
    ['Belfast', 'GB', 'BT1 5GS', 54.6, -5.93],
    ['Toronto', 'CA', 'M5V 2T6', 43.64, -79.4],
    ['Vancouver', 'CA', 'V6B 1A1', 49.28, -123.11],
    ['Sapporo', 'JP', '060-0001', 43.06, 141.35],
    ['Fukuoka', 'JP', '810-0001', 33.59, 130.4],
    ['Paris', 'FR', '75001', 48.86, 2.34],
    ['Marseille', 'FR', '13001', 43.3, 5.38],
    ['Brussels', 'BE', '1000', 50.85, 4.35],
    ['Milan', 'IT', '20121', 45.47, 9.19],
    ['Palermo', 'IT', '90133', 38.12, 13.36],
    ['Barcelona', 'ES', '08001', 41.38, 2.17],
    ['Porto', 'PT', '4000-123', 41.15, -8.61],
    ['Gdańsk', 'PL', '80-001', 54.35, 18.65],
    ['Vienna', 'AT', '1010', 48.21, 16.37],
    ['Geneva', 'CH', '1201', 46.21, 6.14],
    ['Malmö', 'SE', '211 20', 55.61, 13],
    ['Tromsø', 'NO', '9008', 69.65, 18.96],
    ['Copenhagen', 'DK', '1050', 55.68, 12.58],
    ['Helsinki', 'FI', '00100', 60.17, 24.93],
    ['Cork', 'IE', 'T12 W8KP', 51.9, -8.47],
    ['Brno', 'CZ', '602 00', 49.2, 16.61],
    ['Perth', 'AU', '6000', -31.95, 115.86],
    ['Sydney', 'AU', '2000', -33.87, 151.21],
    ['Auckland', 'NZ', '1010', -36.85, 174.77],
    ['São Paulo', 'BR', '01310-100', -23.56, -46.66],
    ['Mumbai', 'IN', '400001', 18.94, 72.84],
    ['Shanghai', 'CN', '200000', 31.23, 121.47],
    ['Monterrey', 'MX', '64000', 25.67, -100.31],
  ])('%s', (_city, country, postalCode, latitude, longitude) => {
    const found = at(country, postalCode)
    expect(found.exactness).toBe('postal_area')
    expect(distanceKm(found, { latitude, longitude })).toBeLessThan(40)
  })

  test.each([
    ['GB', 'SW1A 1AA', ['sw1a 1aa', 'SW1A1AA', ' SW1A-1AA ', 'GB-SW1A 1AA', 'SW1A', 'ＳＷ１Ａ　１ＡＡ']],
    ['GB', 'M1 1AE', ['m11ae', 'M1', 'GB-M1 1AE']],
    ['NL', '1012 AB', ['1012AB', '1012ab', '1012', 'NL-1012 AB', '１０１２ＡＢ']],
    ['DE', '10115', ['D-10115', 'DE-10115', 'de 10115', '10 115', '１０１１５', '10115 Berlin']],
    ['FR', '75008', ['F-75008', '75008 CEDEX 08', '75 008']],
    ['PL', '00-950', ['00950', 'PL 00–950']],
    ['US', '98101', ['98101-1234', '981011234', 'US-98101']],
    ['CA', 'K1A 0B1', ['k1a0b1', 'K1A', 'CA-K1A 0B1']],
    ['IE', 'D02 AF30', ['d02af30', 'D02']],
  ])('%s %s is one code however it is written', (country, plain, others) => {
    expect(at(country, plain).exactness).toBe('postal_area')
    expect(others.map((other) => at(country, other))).toEqual(others.map(() => at(country, plain)))
  })

  test('a British code of one digit is no beginning of those of two', () => {
    const table = readAreas('signs 2 3 4 5 6 7|||M1_00001M1100002')
    expect(['M1 1AE', 'M11 1AE', 'M1', 'M12 1AE'].map((code) => areaOf('GB', table, code)?.longitude)).toEqual([
      -180 + 1 / 30,
      -180 + 2 / 30,
      -180 + 1 / 30,
      undefined,
    ])
  })
})

describe('islands, territories and forces', () => {
  test.each([
    ['Puerto Rico as a part of the USA', 'US', '00901', 18.47, -66.1],
    ['Puerto Rico by itself', 'PR', '00901', 18.47, -66.1],
    ['Guadeloupe as a part of France', 'FR', '97110', 16.24, -61.53],
    ['Réunion as a part of France', 'FR', '97400', -20.88, 55.45],
    ['Gran Canaria', 'ES', '35001', 28.1, -15.41],
    ['Ceuta', 'ES', '51001', 35.89, -5.32],
    ['Madeira', 'PT', '9000-001', 32.65, -16.91],
    ['the Azores', 'PT', '9500-001', 37.74, -25.67],
    ['Jersey as a part of the United Kingdom', 'GB', 'JE2 3AB', 49.19, -2.11],
    ['Åland as a part of Finland', 'FI', '22100', 60.1, 19.93],
    ['Guam as a part of the USA', 'US', '96910', 13.47, 144.75],
  ])('%s', (_what, country, postalCode, latitude, longitude) => {
    const found = at(country, postalCode)
    expect(found.exactness).toBe('postal_area')
    expect(distanceKm(found, { latitude, longitude })).toBeLessThan(120)
  })

  test.each([
    ['US', '09012'],
    ['US', '34002'],
    ['US', '96201'],
    ['GB', 'BF1 4FB'],
    ['GB', 'BFPO 12'],
  ])('military mail (%s %s) is handed over at home: the middle of the country', (country, postalCode) => {
    expect(at(country, postalCode)).toEqual(at(country))
  })

  test('Greenland, as a part of Denmark, is not in Denmark', () => {
    expect(distanceKm(at('DK', '3900'), at('GL'))).toBeLessThan(1200)
  })

  test('an island with a code of its own that is small is where its country is', () => {
    expect(at('GP', '97110')).toEqual(at('GP'))
  })
})

describe('what says nothing of the place leaves it at the middle of the country', () => {
  test.each([
    ['no code', 'DE', undefined],
    ['the sign for none', 'DE', '-'],
    ['nothing', 'DE', ''],
    ['a digit too few', 'US', '9810'],
    ['a digit too many', 'DE', '101155'],
    ['a leading zero lost in a spreadsheet', 'US', '2134'],
    ['letters alone', 'DE', 'Berlin'],
    ['a code of another country', 'DE', 'SW1A 1AA'],
    ['a code that nobody has', 'US', '00000'],
    ['half of a code', 'CA', 'K1'],
    ['a street', 'GB', '10 Downing Street'],
    ['digits of another script', 'DE', '١٠١١٥'],
    ['signs that are none', 'DE', '10115\u0000'],
    ['a picture', 'NL', '1012 🏠'],
    ['two hundred signs', 'DE', '1'.repeat(200)],
    ['two hundred spaces before a code', 'DE', `${' '.repeat(200)}10115`],
    ['a country without codes', 'HK', '999077'],
    ['a small country', 'LU', 'L-1009'],
  ])('%s', (_what, country, postalCode) => {
    expect(at(country, postalCode)).toEqual(at(country))
    expect(at(country, postalCode).exactness).toBe('country')
  })

  test.each(['__proto__', 'constructor', 'toString', ''])('%s is no country and no harm', (country) => {
    expect(at(country, '10115')).toEqual({ latitude: 0, longitude: 0, exactness: 'country' })
  })
})

test('a prefix never has more than three signs, so that no street is kept or told', () => {
  const lines = Object.values(postalAreas).map((line) => line.split('|').slice(1))
  expect(lines.every((parts) => parts.length === 3)).toBe(true)
  expect(lines.every((parts) => parts.every((part, index) => part.length % (index + 6) === 0))).toBe(true)
})

test('the table stays small enough to be loaded with every process, and a look-up makes nothing new', () => {
  expect(Object.values(postalAreas).join('').length).toBeLessThan(150_000)
  expect(at('DE', '10115')).toBe(at('DE', 'D-10117'))
  expect(at('DE')).toBe(at('DE', 'nothing'))
})
