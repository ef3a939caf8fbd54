import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { FileRole } from '#contracts/catalogue/product.ts'
import type { PictureEdit, PublicationFields, ThumbnailRequest } from '#contracts/order-api/publication.ts'
import type { Issue } from '#contracts/parse.ts'
import { addressIssues } from './check-address.ts'
import type { OwnFiles } from './own-files.ts'

const archive = 'application/zip'

/** What a lone file of a type can be for a product: its pages, its picture, or its list of pictures. */
function rolesOf(contentType: string): readonly FileRole[] {
  if (contentType === 'application/pdf') return ['interior', 'image']
  if (contentType === archive) return ['images']
  return ['image', 'images']
}

/** The content is the account's own, and every product that is offered can be made of it. */
export function contentIssues({ content, offers }: PublicationFields, files: OwnFiles): Issue[] {
  if (content.kind === 'url') return addressIssues(content.url, '/content/url')
  if (content.kind !== 'file') return []
  const contentType = files.get(content.file)
  if (contentType === undefined) return [noSuchFile(content.file, '/content/file')]
  return offers.flatMap(({ sku }, index) => roleIssues(sku, contentType, `/offers/${index}/sku`))
}

function roleIssues(sku: string, contentType: string, pointer: string): Issue[] {
  const product = productOf(sku)
  if (!product) return []
  const lone = product.fileSets.flatMap(([role, ...others]) => (role && others.length === 0 ? [role] : []))
  if (rolesOf(contentType).some((role) => lone.includes(role))) return []
  return [
    { pointer, detail: `${sku} takes ${lone.join(', or ')}; the content is ${contentType}, which cannot be that` },
  ]
}

/** One picture, the account's own or at a public address, and an edit that leaves something of it. */
export function thumbnailIssues({ content, thumbnail }: PublicationFields, files: OwnFiles): Issue[] {
  if (thumbnail === undefined) return []
  const { file, url, edit } = thumbnail
  return [
    ...(file === undefined ? [] : ownPictureIssues(file, files)),
    ...(url === undefined ? [] : addressIssues(url, '/thumbnail/url')),
    ...sourceIssues(thumbnail, content),
    ...cropIssues(edit),
  ]
}

function ownPictureIssues(file: string, files: OwnFiles): Issue[] {
  const pointer = '/thumbnail/file'
  const contentType = files.get(file)
  if (contentType === undefined) return [noSuchFile(file, pointer)]
  if (contentType !== archive) return []
  return [{ pointer, detail: `must be a picture or a PDF; found ${contentType}` }]
}

function sourceIssues({ file, url, edit }: ThumbnailRequest, content: PublicationFields['content']): Issue[] {
  if (file !== undefined && url !== undefined) {
    return [{ pointer: '/thumbnail/url', detail: 'is a second picture beside /thumbnail/file; leave one of them out' }]
  }
  if (edit === undefined || file !== undefined || url !== undefined || content.kind !== 'asynchronous') return []
  const detail = 'there is no picture to edit: the content comes later; name a file or a url of your own'
  return [{ pointer: '/thumbnail/edit', detail }]
}

/** Thirds and the like do not add up to 1 exactly. */
const roundingError = 1e-6

function cropIssues({ crop }: PictureEdit = {}): Issue[] {
  if (crop === undefined) return []
  const { x, y, width, height } = crop
  const pointer = '/thumbnail/edit/crop'
  return [
    ...beyond(x, width, { pointer: `${pointer}/width`, name: 'x and width' }),
    ...beyond(y, height, { pointer: `${pointer}/height`, name: 'y and height' }),
  ]
}

function beyond(start: number, length: number, { pointer, name }: { readonly pointer: string; readonly name: string }) {
  if (start + length <= 1 + roundingError) return []
  return [{ pointer, detail: `${name} together may be 1, the edge of the picture; found ${start + length}` }]
}

const noSuchFile = (id: string, pointer: string): Issue => ({
  pointer,
  detail: `there is no file ${id} in your account; announce it with POST /v1/files first`,
})
