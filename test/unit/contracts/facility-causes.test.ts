import { expect, test } from 'vitest'
import { causeCodeOf, facilityCauseCodes, facilityCauses } from '#contracts/facility-causes.ts'

const inUse = [
  ...['CancelCoverSpine', 'BookSize', 'CoverSize', 'BookCorrupt', 'CoverCorrupt', 'BookTrim', 'CoverTrim', 'PageCount'],
  ...['UnknownFont', 'BookMargins', 'CoverMargins', 'BookRip', 'CoverRip', 'UserRequest', 'InkjetCoverage'],
  ...['DownloadError', 'ValidateError', 'InvalidAddress', 'TestOrder', 'FilesCorrupt', 'MiscError'],
]

test('every word that brokers use has one meaning, however it is written', () => {
  const codes = inUse.map(causeCodeOf)
  expect(new Set(codes).size).toBe(inUse.length)
  expect(codes.filter((code) => code === 'other')).toHaveLength(1)
  expect(['page count', 'PAGE_COUNT', 'PageCount: 3 pages'].map(causeCodeOf)).toEqual(Array(3).fill('page_count'))
})

test('no word stands for two causes, and words that nobody knows are "other"', () => {
  for (const code of facilityCauseCodes) {
    for (const name of [code, ...facilityCauses[code].aliases]) expect([name, causeCodeOf(name)]).toEqual([name, code])
  }
  expect(['', 'the dog ate it', '__proto__', 'constructor'].map(causeCodeOf)).toEqual(Array(4).fill('other'))
})

test('what is wrong with the customer’s own content or address is not tried elsewhere', () => {
  for (const code of facilityCauseCodes) {
    const { fault, canBeMadeElsewhere } = facilityCauses[code]
    if (fault === 'publisher' || fault === 'carrier') expect([code, canBeMadeElsewhere]).toEqual([code, false])
  }
})
