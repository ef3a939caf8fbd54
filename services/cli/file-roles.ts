import type { CatalogueProduct, ItemFiles } from '../order-client/index.ts'
import { usageFault } from './read-arguments.ts'

/**
 * Which of a product's files the named ones are: one PDF is the block of a book where the product takes one, one picture is a
 * poster, several are pages. `referenceOf` uploads what must be. Throws CommandFault (64) before anything is uploaded.
 */
export async function filesOf(
  product: Pick<CatalogueProduct, 'title' | 'file_sets'>,
  named: readonly string[],
  cover: string | undefined,
  referenceOf: (name: string) => Promise<string>,
): Promise<ItemFiles> {
  const role = roleOf(product, named)
  const roles = product.file_sets.flat()
  if (cover !== undefined && !roles.includes('cover')) {
    throw usageFault(`${product.title} has no cover of its own.`, '--cover is for books.', 'order')
  }
  const references: string[] = []
  for (const name of named) references.push(await referenceOf(name))
  const [first = ''] = references
  const content: ItemFiles = role === 'images' ? { images: references } : { [role]: first }
  return cover === undefined ? content : { ...content, cover: await referenceOf(cover) }
}

type ContentRole = 'interior' | 'image' | 'images'
const documentIs: readonly ContentRole[] = ['interior', 'image', 'images']
const pictureIs: readonly ContentRole[] = ['image', 'images', 'interior']
const severalAre: readonly ContentRole[] = ['images', 'image', 'interior']

function roleOf(
  { title, file_sets }: Pick<CatalogueProduct, 'title' | 'file_sets'>,
  named: readonly string[],
): ContentRole {
  const roles = file_sets.flat()
  const wanted = named.length > 1 ? severalAre : /\.pdf$/i.test(named[0] ?? '') ? documentIs : pictureIs
  const role = wanted.find((each) => roles.includes(each))
  if (role === undefined)
    throw usageFault(`${title} takes no files.`, 'Its entry in the catalogue names none.', 'order')
  if (role !== 'images' && named.length > 1) {
    const one = role === 'interior' ? 'one PDF' : 'one picture'
    throw usageFault(`${named.length} files are named.`, `${title} is made of ${one}.`, 'order')
  }
  return role
}
