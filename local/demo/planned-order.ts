import type { FileRole } from '#contracts/catalogue/product.ts'

/** A file with the part it plays; `images` keeps the order of the pages. */
export type PlannedFile = { readonly role: FileRole; readonly path: string }

export type PlannedItem = {
  readonly sku: string
  readonly title?: string
  readonly files: readonly PlannedFile[]
}

/** An order before it is placed. */
export type PlannedOrder = { readonly items: readonly PlannedItem[] }
