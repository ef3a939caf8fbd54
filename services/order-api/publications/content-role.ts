import { type FileRole, fileRoles, type Product } from '#contracts/catalogue/product.ts'

export const archive = 'application/zip'

/** What a lone file of a type can be for a product: its pages, its picture, or its list of pictures. Of an unknown type: anything. */
function rolesOf(contentType: string | undefined): readonly FileRole[] {
  if (contentType === undefined) return fileRoles
  if (contentType === 'application/pdf') return ['interior', 'image']
  return contentType === archive ? ['images'] : ['image', 'images']
}

/** What a product takes when it gets one file alone. */
export const loneRoles = ({ fileSets }: Product): readonly FileRole[] =>
  fileSets.flatMap(([role, ...others]) => (role && others.length === 0 ? [role] : []))

/** What a file of this type is for a product that gets nothing else; undefined where the product cannot be made of it. */
export function roleOf(product: Product, contentType: string | undefined): FileRole | undefined {
  const taken = loneRoles(product)
  return rolesOf(contentType).find((role) => taken.includes(role))
}

const typeOfEnding: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  zip: archive,
  ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', tif: 'image/tiff', tiff: 'image/tiff' },
  ...{ webp: 'image/webp', heic: 'image/heic', avif: 'image/avif' },
}

/** What an address says of the type of its file; the bytes are looked at when it is fetched. */
export function typeOfAddress(address: string): string | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(URL.parse(address)?.pathname ?? '')?.[1]?.toLowerCase()
  return ending !== undefined && Object.hasOwn(typeOfEnding, ending) ? typeOfEnding[ending] : undefined
}
