import sharp from 'sharp'
import { seededRandom } from '../../../local/samples/random.ts'
import { documentOf } from '../../fixtures/processor/documents.ts'
import {
  activeDocument,
  brokenTable,
  lyingCount,
  ownerLocked,
  ownerLockedPacked,
  passwordLocked,
  sharedContent,
} from '../../fixtures/processor/hostile.ts'
import { jpeg, picture } from '../../fixtures/processor/pictures.ts'
import { activeFiles } from './active-files.ts'
import { lyingFiles } from './broken-numbers.ts'
import type { HostileFile } from './hostile-file.ts'
import { hostilePictures } from './hostile-pictures.ts'

const smallest = 520
const a5 = { widthMm: 148, heightMm: 210 } as const

/** At least 520 files: everything made by hand, and sound files cut short or with wrong bytes, by `seed`. */
export async function hostileCollection(seed: number): Promise<readonly HostileFile[]> {
  const sound = await soundFiles()
  const [photo, document] = [
    sound.find(({ kind }) => kind === 'picture'),
    sound.find(({ kind }) => kind === 'document'),
  ]
  if (!photo || !document) throw new Error('There is nothing to damage')
  const locked = [
    await passwordLocked(4),
    await ownerLocked(4),
    await ownerLockedPacked(4),
    await activeDocument(4),
    await brokenTable(4),
  ]
  const files: HostileFile[] = [
    ...activeFiles(),
    ...lyingFiles(),
    ...hostilePictures(photo.bytes, document.bytes),
    ...locked.map((bytes, index) => ({
      name: `locked, acting or broken ${index + 1}`,
      bytes,
      kind: 'document' as const,
    })),
    { name: 'count too high', bytes: await lyingCount(4, 400_000_000), kind: 'document' },
    { name: 'content shared by 200 pages', bytes: await sharedContent(200, 200_000), kind: 'document' },
  ]
  const random = seededRandom(seed)
  while (files.length < smallest) {
    const base = sound[Math.floor(random() * sound.length)]
    if (base) files.push(files.length % 2 === 0 ? cutShort(base, random) : flipped(base, random))
  }
  return files
}

async function soundFiles(): Promise<readonly HostileFile[]> {
  const size = { widthPx: 900, heightPx: 1200 }
  const image = sharp(await picture(size))
  const pictures = await Promise.all([
    jpeg(size, { orientation: 6 }),
    picture(size),
    image.clone().webp().toBuffer(),
    image.clone().tiff({ compression: 'lzw' }).toBuffer(),
    image.clone().gif().toBuffer(),
    image.clone().resize(400).avif({ effort: 0 }).toBuffer(),
  ])
  const documents = [
    await documentOf({ pages: 4, ...a5 }),
    await documentOf({ pages: 2, ...a5, bleedMm: 3 }),
    await activeDocument(2),
    await ownerLocked(2),
  ]
  return [
    ...documents.map((bytes, index) => ({ name: `document ${index + 1}`, bytes, kind: 'document' as const })),
    ...pictures.map((bytes, index) => ({ name: `picture ${index + 1}`, bytes, kind: 'picture' as const })),
  ]
}

function cutShort({ name, bytes, kind }: HostileFile, random: () => number): HostileFile {
  const length = Math.floor(bytes.length * random())
  return { name: `${name} cut at ${length}`, bytes: bytes.subarray(0, length), kind }
}

/** A few or many bytes changed, dropped bits and runs of zeros alike. */
function flipped({ name, bytes, kind }: HostileFile, random: () => number): HostileFile {
  const copy = Buffer.from(bytes)
  const changes = 1 + Math.floor(random() ** 3 * 200)
  for (let change = 0; change < changes; change += 1)
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256)
  return { name: `${name} with ${changes} wrong bytes`, bytes: copy, kind }
}
