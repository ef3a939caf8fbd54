import { createHash } from 'node:crypto'
import { packText } from '#chassis/pack-text.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { tagMetadataName, tagOf, tagText } from '#contracts/published/cache-tags.ts'
import { keyOfPath, publicRoot, shortAddresses } from '#contracts/published/document-paths.ts'
import { encodings } from '#contracts/published/variants.ts'

/** One packing of the button, as it is put into a bucket. */
export type ButtonObject = {
  readonly Key: string
  readonly Body: Uint8Array
  readonly ContentType: string
  readonly ContentEncoding: string | undefined
  readonly CacheControl: string
  readonly Metadata: Readonly<Record<string, string>>
}

/** Of the metadata of an object: which button lies there, and in which bytes. */
export const versionName = 'button-version'
export const sha256Name = 'button-sha256'

/** In the built file; in the evergreen one the checkout's address stands there. */
const placeholder = '{checkout}'

const evergreenPath = shortAddresses['/v1/button.js'] ?? ''
export const releasedPath = (version: string): string => `${publicRoot}button/${version}.js`

/** What a page that loads the evergreen button is dropped by. */
export const buttonTag = tagOf.document(evergreenPath)

/** The evergreen button: it knows where this platform's checkout is. Throws when the file or the address is not what they should be. */
export function evergreenObjects(
  built: string,
  checkoutUrl: string,
  version: string,
): Promise<readonly ButtonObject[]> {
  const { origin, pathname } = new URL(checkoutUrl)
  if (built.split(placeholder).length !== 2) throw new Error(`The button has no ${placeholder} to be replaced`)
  const text = built.replace(placeholder, () => (origin + pathname).replace(/\/$/, ''))
  return packed(evergreenPath, text, version, cacheRules.script)
}

/** The same button as it was built: its bytes are the same on every platform, so that pages can name their hash. */
export const releasedObjects = (built: string, version: string): Promise<readonly ButtonObject[]> =>
  packed(releasedPath(version), built, version, cacheRules.immutable)

/** What stands in `integrity` of a page that loads a release. */
export const integrityOf = (built: string): string => `sha384-${createHash('sha384').update(built).digest('base64')}`

async function packed(path: string, text: string, version: string, cacheControl: string): Promise<ButtonObject[]> {
  const plain = Buffer.from(text)
  const object = (ending: string, body: Uint8Array, encoding?: string): ButtonObject => ({
    Key: keyOfPath(path + ending),
    Body: body,
    ContentType: 'text/javascript; charset=utf-8',
    ContentEncoding: encoding,
    CacheControl: cacheControl,
    Metadata: {
      [tagMetadataName]: tagText([tagOf.document(path)]),
      [versionName]: version,
      [sha256Name]: createHash('sha256').update(text).digest('hex'),
    },
  })
  const others = encodings.map(async ({ ending, name }) => object(ending, await packText[name](plain), name))
  return [object('', plain), ...(await Promise.all(others))]
}
