import { expect, test } from 'vitest'
import { catalogue, productOf } from '#contracts/catalogue/catalogue.ts'
import { triesOf } from '#contracts/catalogue/tries-of.ts'

test('a lone document is tried as every product that takes one file, in the role that it has there', () => {
  const asBlock = triesOf(['interior'])
  const asPicture = triesOf(['image'])
  expect(asBlock.map(({ sku }) => sku)).toEqual(asPicture.map(({ sku }) => sku))
  for (const { sku, role = 'interior' } of asBlock) expect(productOf(sku)?.fileSets).toContainEqual([role])
  for (const { sku, role = 'image' } of asPicture) expect(productOf(sku)?.fileSets).toContainEqual([role])
  expect(asBlock).toContainEqual({ sku: 'canvas-30x40', role: 'image' })
  expect(asPicture).toContainEqual({ sku: 'canvas-30x40' })
})

test('a block with its own cover is tried as bound books only', () => {
  const tried = triesOf(['interior', 'cover'])
  expect(tried.length).toBeGreaterThan(5)
  for (const { sku, role } of tried) {
    expect(role).toBeUndefined()
    expect(productOf(sku)?.construction.kind).toBe('book')
  }
})

test('what is tried stands in the order of the catalogue', () => {
  const skus = triesOf(['images', 'images']).map(({ sku }) => sku)
  const places = skus.map((sku) => catalogue.findIndex((product) => product.sku === sku))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

test('roles that no product takes are tried as nothing', () => {
  expect(triesOf(['cover'])).toEqual([])
  expect(triesOf([])).toEqual([])
})
