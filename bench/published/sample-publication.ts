import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from '#contracts/parse.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { documentPaths, immutablePaths } from '#contracts/published/document-paths.ts'
import { PublicationDocument } from '#contracts/published/publication-document.ts'
import { pictureFormats } from '#contracts/published/variants.ts'
import { writePicture } from '../../local/samples/picture.ts'
import { rendered } from '../../services/order-api/published/render/rendered.ts'
import { Tracked } from '../../services/order-api/published/tracked.ts'
import { packedDocument } from '../../services/order-api/published/write/pack-document.ts'
import { drawThumbnail } from '../../services/processor/thumbnail/draw-thumbnail.ts'
import { thumbnailName } from '../../services/processor/thumbnail/thumbnail-name.ts'

/** An object as it lies in the documents bucket. */
export type SampleObject = {
  readonly path: string
  readonly body: Buffer
  readonly contentType: string
  readonly cacheControl: string
  readonly contentEncoding?: string | undefined
}

export type Sample = {
  readonly documentPath: string
  readonly thumbnailPath: string
  readonly thumbnailWidthPx: number
  readonly objects: readonly SampleObject[]
}

const widthPx = 320
const id = 'pub_01k9zq3v5x7y8z9abcdefghjkm'

/** A publication as publishers make them: two languages, three products, a painted landscape; drawn and packed by the services themselves. */
export async function samplePublication(folder: string): Promise<Sample> {
  const picture = 'picture.jpg'
  await writePicture({ path: join(folder, picture), widthPx: 1600, heightPx: 1200, seed: 5 })
  const drawn = await drawThumbnail({
    folder,
    source: { file: picture, format: 'jpeg', label: picture },
    ...{ page: 1, place: 0, edit: {} },
    widthsPx: [widthPx, 640],
  })
  if (drawn.kind !== 'drawn') throw new Error(`the sample picture is not drawn: ${drawn.detail}`)
  const { sizes, colour } = drawn
  const hash = createHash('sha256')
    .update(await readFile(join(folder, picture)))
    .digest('base64url')
    .slice(0, 22)
  const pathOf = (width: number): string => immutablePaths.thumbnail(hash, width)
  const thumbnails = pictureFormats.map(async ({ ending, type }) => ({
    path: pathOf(widthPx) + ending,
    body: await readFile(join(folder, thumbnailName(0, widthPx, ending))),
    contentType: type,
    cacheControl: cacheRules.immutable,
  }))
  const [first = { widthPx, heightPx: 240 }] = sizes
  const document = documentOf({
    width_px: first.widthPx,
    height_px: first.heightPx,
    colour,
    sources: sizes.map((each) => ({ width_px: each.widthPx, path: pathOf(each.widthPx) })),
  })
  const documentPath = documentPaths.publication(id)
  const built = Tracked.build((use) => use(new Tracked(tagOf.publication(id), rendered(document))))
  if (!built) throw new Error('no document')
  const packed = packedDocument(documentPath, built, 'document')
  const texts = (await packed.objects()).map(([, object]) => ({ ...object, body: Buffer.from(object.body) }))
  return {
    documentPath,
    thumbnailPath: pathOf(widthPx),
    thumbnailWidthPx: widthPx,
    objects: [...texts, ...(await Promise.all(thumbnails))],
  }
}

function documentOf(thumbnail: NonNullable<PublicationDocument['thumbnail']>): PublicationDocument {
  const from = (amount: number, printedPages?: number) => ({
    amount,
    currency: 'EUR',
    ...(printedPages !== undefined && { printed_pages: printedPages }),
    gross: Math.round(amount * 1.09),
    country: 'NL',
    tax_rate_percent: 9,
  })
  const offer = (
    sku: string,
    family: 'magazine' | 'poster' | 'softcover_book',
    title: string,
    size: readonly [number, number],
  ) => ({
    ...{ sku, family, title, trim_width_mm: size[0], trim_height_mm: size[1] },
  })
  return parse('sample', PublicationDocument, {
    object: 'publication',
    id,
    is_test: false,
    version: 7,
    state: 'open',
    title: 'Harbour Lights, issue 12',
    texts: {
      en: {
        title: 'Harbour Lights, issue 12',
        description:
          'Forty-eight pages about people who work while the town sleeps: pilots, bakers, night nurses and a lighthouse.',
        button: 'Print this issue',
      },
      nl: {
        title: 'Havenlichten, nummer 12',
        description:
          'Achtenveertig pagina’s over mensen die werken als de stad slaapt: loodsen, bakkers, nachtzusters en een vuurtoren.',
        button: 'Druk dit nummer',
      },
    },
    thumbnail,
    pages: 48,
    offers: [
      { ...offer('magazine-a4', 'magazine', 'Magazine A4', [210, 297]), from: from(890, 48) },
      { ...offer('softcover-a5', 'softcover_book', 'Softcover A5', [148, 210]), from: from(1190, 48) },
      { ...offer('poster-a3', 'poster', 'Poster A3', [297, 420]), from: from(690) },
    ],
    theme: { style: 'solid', accent: '#1f3f8f', radius_px: 6, shows_price: true, shows_thumbnail: true },
  })
}
