import { join } from 'node:path'
import { pictureFormats } from '#contracts/published/variants.ts'
import { openPlain } from '../sandbox/open-plain.ts'
import type { DrawnThumbnail } from '../sandbox/protocol.ts'
import { SandboxError } from '../sandbox/sandbox-error.ts'
import { thumbnailName } from './thumbnail-name.ts'
import { tallestPx } from './thumbnail-sizes.ts'

/** One size in every format: by its ending, the bytes. */
export type ThumbnailFile = DrawnThumbnail['sizes'][number] & { readonly bytes: ReadonlyMap<string, Buffer> }

/** Noise of the largest size takes a half of it as JPEG. */
const mostBytesOf = ({ widthsPx }: Asked): number => Math.max(...widthsPx) * tallestPx * 2.5

/** What was asked for: which picture, and how wide. */
export type Asked = { readonly place: number; readonly widthsPx: readonly number[] }

const isOf: Readonly<Record<(typeof pictureFormats)[number]['ending'], (bytes: Buffer) => boolean>> = {
  '.avif': (bytes) => bytes.toString('latin1', 4, 12) === 'ftypavif',
  '.webp': (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  '.jpg': (bytes) => bytes.toString('hex', 0, 3) === 'ffd8ff',
}

/**
 * The pictures that a converter has drawn. Throws SandboxError for sizes that nobody asked for and for files that are not what their
 * ending says: they will be shown in people's browsers under our name.
 */
export async function readThumbnail(
  folder: string,
  { sizes }: DrawnThumbnail,
  asked: Asked,
): Promise<readonly ThumbnailFile[]> {
  if (!areAsked(sizes, asked))
    throw new SandboxError('fault', `The converter drew other sizes: ${JSON.stringify(sizes)}`)
  const files: ThumbnailFile[] = []
  for (const { widthPx, heightPx } of sizes) {
    const bytes = new Map<string, Buffer>()
    for (const { ending } of pictureFormats) {
      const name = thumbnailName(asked.place, widthPx, ending)
      const read = await readPlain(join(folder, name), mostBytesOf(asked))
      if (!isOf[ending](read)) throw new SandboxError('fault', `The converter drew something else: ${name}`)
      bytes.set(ending, read)
    }
    files.push({ widthPx, heightPx, bytes })
  }
  return files
}

/** Ever wider, and all but the last of the widths that are made. */
function areAsked(sizes: DrawnThumbnail['sizes'], { widthsPx }: Asked): boolean {
  const last = sizes.at(-1)
  if (!last || last.widthPx > Math.max(...widthsPx)) return false
  const wanted = [...widthsPx.filter((width) => width < last.widthPx), last.widthPx]
  const widths = sizes.map(({ widthPx }) => widthPx)
  return widths.join() === wanted.join() && sizes.every(({ heightPx }) => heightPx <= tallestPx)
}

async function readPlain(path: string, mostBytes: number): Promise<Buffer> {
  const file = await openPlain(path)
  try {
    if ((await file.stat()).size > mostBytes) throw new SandboxError('fault', `${path} is larger than a thumbnail`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}
