import type { FileRole, Product } from './product.ts'

/** What a lone file turned out to be: a PDF, one picture, or an archive of them. */
export const contentKinds = ['document', 'picture', 'pictures'] as const
export type ContentKind = (typeof contentKinds)[number]

/** The most fitting role first. */
const wanted: Readonly<Record<ContentKind, readonly FileRole[]>> = {
  document: ['interior', 'image', 'images'],
  picture: ['image', 'images', 'interior'],
  pictures: ['images', 'image', 'interior'],
}

/** Which role a publication's one file has in an order of this product: of those that it takes by themselves. */
export function roleOfContent({ fileSets }: Pick<Product, 'fileSets'>, kind: ContentKind): FileRole {
  const takes = (role: FileRole): boolean => fileSets.some((set) => set.length === 1 && set[0] === role)
  return wanted[kind].find(takes) ?? wanted[kind][0] ?? 'interior'
}
