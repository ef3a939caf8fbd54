/** Paper that a shop's office printer holds: A4, or US Letter. */
export const pageSizes = {
  a4: { widthPt: 595.28, heightPt: 841.89 },
  letter: { widthPt: 612, heightPt: 792 },
} as const
export type PageSizeName = keyof typeof pageSizes
export const pageSizeNames = ['a4', 'letter'] as const satisfies readonly PageSizeName[]
