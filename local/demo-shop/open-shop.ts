import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { PublicationDocument } from '#contracts/published/publication-document.ts'
import type { LocalFile } from '../platform/local-file.ts'
import type { Samples } from '../samples/make-samples.ts'
import { archiveOf } from './archive.ts'
import { readShopFile, type Thing, writeShopFile } from './shop-file.ts'

type Goods = {
  readonly kind: string
  readonly title: string
  readonly words: string
  readonly name: string
  readonly type: string
  readonly bytes: () => Promise<Uint8Array>
  readonly pages?: number
  readonly skus: readonly string[]
  readonly button: string
}

const picturesInAlbum = 24
/** Its thumbnail is drawn by a processor, which starts like everybody else. */
const pictureWithinMilliseconds = 60_000
const lookEveryMilliseconds = 500

/** What the shop sells: a magazine, a photo album, an art print. */
const goodsOf = (samples: Samples): readonly Goods[] => [
  {
    ...{ kind: 'Magazine', title: 'Upstream, No. 1', button: 'Print this issue' },
    words: 'A magazine about going slowly: rivers, ink, seven kinds of fog.',
    ...{ name: 'upstream.pdf', type: 'application/pdf', pages: 16, skus: ['magazine-a4'] },
    bytes: () => readFile(samples.magazine),
  },
  {
    ...{ kind: 'Photo album', title: 'Far Hills', button: 'Print this album' },
    words: 'Two dozen photographs from a walk that took longer than it should have.',
    ...{ name: 'far-hills.zip', type: 'application/zip', pages: picturesInAlbum, skus: ['photobook-210x280'] },
    bytes: async () => archiveOf(await Promise.all(samples.photos.slice(0, picturesInAlbum).map(archived))),
  },
  {
    ...{ kind: 'Art print', title: 'Harbour at Dusk', button: 'Hang it up' },
    words: 'As a poster for the hall, or as a canvas for the place above the table.',
    ...{ name: 'harbour.jpg', type: 'image/jpeg', skus: ['poster-a3', 'canvas-30x40'] },
    bytes: () => readFile(samples.canvas),
  },
]

const archived = async (path: string) => ({ name: basename(path), bytes: await readFile(path) })

/**
 * Publishes what the shop sells through the API, as any publisher does, and says in `file` what its page shows. What is there since an earlier
 * start stays as it is.
 */
export async function openShop(file: string, local: LocalFile, samples: () => Promise<Samples>, signal: AbortSignal) {
  const known = await readShopFile(file)
  const isThere = await isPublished(known?.things[0], local, signal)
  if (isThere && !known?.awaitsPictures) return
  const things = isThere && known ? [...known.things] : []
  if (!isThere) for (const goods of goodsOf(await samples())) things.push(await publish(goods, local, signal))
  // It sells at once, and whoever looks at it meanwhile sees the pictures come.
  await writeShopFile(file, { things, awaitsPictures: true })
  await writeShopFile(file, { things: await Promise.all(things.map((thing) => pictured(thing, signal))) })
}

const isPublished = async (thing: Thing | undefined, local: LocalFile, signal: AbortSignal): Promise<boolean> =>
  thing !== undefined && (await ask(local, `/v1/publications/${thing.publication}`, undefined, signal)).ok

const Announced = Type.Object({
  id: Type.String(),
  upload: Type.Object({
    url: Type.String(),
    method: Type.String(),
    headers: Type.Record(Type.String(), Type.String()),
  }),
})
const Made = Type.Object({ id: Type.String(), document_url: Type.String() })

async function publish(goods: Goods, local: LocalFile, signal: AbortSignal): Promise<Thing> {
  const { kind, title, words, button, skus, pages } = goods
  const bytes = await goods.bytes()
  const announcement = { filename: goods.name, content_type: goods.type, size_bytes: bytes.length }
  const announced = parse('file', Announced, await answerTo(local, '/v1/files', announcement, signal))
  const { url, method, headers } = announced.upload
  const sent = await fetch(url, { method, headers, body: Buffer.from(bytes), signal })
  if (!sent.ok) throw new Error(`Storage did not take ${goods.name}: ${sent.status}`)
  const request = {
    title,
    content: { kind: 'file', file: announced.id, ...(pages === undefined ? {} : { pages }) },
    texts: { en: { description: words, button } },
    offers: skus.map((sku) => ({ sku, margin: { percent: 20 } })),
    ...{ currency: 'EUR', country: 'NL', publish: true },
    theme: { style: 'solid', accent: '#1f3f8f', shows_price: true },
  }
  const made = parse('publication', Made, await answerTo(local, '/v1/publications', request, signal))
  return { publication: made.id, documentUrl: made.document_url, title, kind, words, button }
}

async function answerTo(local: LocalFile, path: string, body: object, signal: AbortSignal): Promise<unknown> {
  const answer = await ask(local, path, body, signal)
  const said: unknown = await answer.json()
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(said)}`)
  return said
}

const ask = ({ baseUrl, secretKey }: LocalFile, path: string, body: object | undefined, signal: AbortSignal) =>
  fetch(`${baseUrl}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      ...{ authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      'idempotency-key': randomUUID(),
    },
    signal,
  })

/** With the picture that its document has by now; as it is where none comes. */
async function pictured(thing: Thing, signal: AbortSignal): Promise<Thing> {
  const until = Date.now() + pictureWithinMilliseconds
  while (Date.now() < until) {
    const answer = await fetch(thing.documentUrl, { signal }).catch(() => undefined)
    const document = answer?.ok ? parse('publication', PublicationDocument, await answer.json()) : undefined
    const widest = document?.thumbnail?.sources.at(-1)
    if (document?.thumbnail && widest) {
      const { width_px: widthPx, height_px: heightPx } = document.thumbnail
      return { ...thing, picture: { path: widest.path, widthPx, heightPx } }
    }
    await wait(lookEveryMilliseconds, undefined, { signal })
  }
  return thing
}
