import { expect, test } from 'vitest'
import { PrintFile } from '#contracts/messages/process-report.ts'
import { issuesOf } from '#contracts/parse.ts'

const file = {
  component: 'cover',
  key: 'facilities/fac_a/cover.pdf',
  contentType: 'application/pdf',
  sizeBytes: 10,
  pages: 1,
  sheetWidthMm: 309,
  sheetHeightMm: 216,
  trimBox: { xMm: 3, yMm: 3, widthMm: 303, heightMm: 210 },
}

test('a print file that nothing can be checked by is no print file', () => {
  expect(issuesOf(PrintFile, { ...file, sha256: 'a'.repeat(64) })).toEqual([])
  expect(issuesOf(PrintFile, { ...file, crc64nvme: 'AAAAAAAAAAA=' })).toEqual([])
  expect(issuesOf(PrintFile, file)).toContainEqual({ pointer: '/sha256', detail: 'is required' })
})
