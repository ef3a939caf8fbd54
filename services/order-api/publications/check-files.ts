import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { PictureEdit, PublicationFields, ThumbnailRequest } from '#contracts/order-api/publication.ts'
import type { Issue } from '#contracts/parse.ts'
import { missingWords } from '../files/why-missing.ts'
import { addressIssues, originIssues } from './check-address.ts'
import { archive, loneRoles, roleOf } from './content-role.ts'
import type { OwnFile, OwnFiles } from './own-files.ts'

/** Where files may come from beside the public internet: uploads of the account, and origins that are exempt. */
export type KnownSources = { readonly files: OwnFiles; readonly allowedOrigins: readonly string[] }

/** The content is the account's own, and every product that is offered can be made of it. */
export function contentIssues(
  { content, offers }: PublicationFields,
  { files, allowedOrigins }: KnownSources,
): Issue[] {
  if (content.kind === 'url') return addressIssues(content.url, '/content/url', allowedOrigins)
  if (content.kind === 'page') {
    return content.origins.flatMap((origin, index) => originIssues(origin, `/content/origins/${index}`, allowedOrigins))
  }
  if (content.kind === 'asynchronous') return []
  const file = files.get(content.file)
  if (!file || file.expiredAt !== undefined) return [noSuchFile(content.file, file, '/content/file')]
  return offers.flatMap(({ sku }, index) => roleIssues(sku, file.contentType, `/offers/${index}/sku`))
}

function roleIssues(sku: string, contentType: string, pointer: string): Issue[] {
  const product = productOf(sku)
  if (!product) return []
  if (roleOf(product, contentType)) return []
  return [
    {
      pointer,
      detail: `${sku} takes ${loneRoles(product).join(', or ')}; the content is ${contentType}, which cannot be that`,
    },
  ]
}

/** One picture, the account's own or at a public address, and an edit that leaves something of it. */
export function thumbnailIssues(
  { content, thumbnail }: PublicationFields,
  { files, allowedOrigins }: KnownSources,
): Issue[] {
  if (thumbnail === undefined) return []
  const { file, url, edit } = thumbnail
  return [
    ...(file === undefined ? [] : ownPictureIssues(file, files)),
    ...(url === undefined ? [] : addressIssues(url, '/thumbnail/url', allowedOrigins)),
    ...sourceIssues(thumbnail, content),
    ...cropIssues(edit),
  ]
}

function ownPictureIssues(file: string, files: OwnFiles): Issue[] {
  const pointer = '/thumbnail/file'
  const found = files.get(file)
  if (!found || found.expiredAt !== undefined) return [noSuchFile(file, found, pointer)]
  if (found.contentType !== archive) return []
  return [{ pointer, detail: `must be a picture or a PDF; found ${found.contentType}` }]
}

function sourceIssues({ file, url, edit }: ThumbnailRequest, content: PublicationFields['content']): Issue[] {
  if (file !== undefined && url !== undefined) {
    return [{ pointer: '/thumbnail/url', detail: 'is a second picture beside /thumbnail/file; leave one of them out' }]
  }
  if (edit === undefined || file !== undefined || url !== undefined) return []
  if (content.kind !== 'asynchronous' && content.kind !== 'page') return []
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

const noSuchFile = (id: string, file: OwnFile | undefined, pointer: string): Issue => ({
  pointer,
  detail: missingWords(id, file?.expiredAt),
})
