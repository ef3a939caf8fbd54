import { expect, test } from 'vitest'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { loggedPath } from '../../../../services/order-api/published/logged-path.ts'

test('no log holds the address of a draft, or of what only the checkout may see', () => {
  const id = 'pub_01k9zzzzzzzzzzzzzzzzzzzzzz'
  expect(loggedPath(documentPaths.preview(id, 'a-b_cdefghijklmnopqrst'))).toBe(`/public/v1/previews/${id}-…`)
  expect(loggedPath(documentPaths.sale(id, 'a-b_cdefghijklmnopqrst'))).toBe(`/public/v1/sales/${id}-…`)
  expect(loggedPath(documentPaths.publication(id))).toBe(documentPaths.publication(id))
})
