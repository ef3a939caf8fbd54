import { open, readFile, stat } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import type { FileRequest } from '#contracts/order-api/file.ts'
import { UsageError } from './usage-error.ts'

const mmPerPoint = 25.4 / 72

export type PdfFacts = {
  readonly kind: 'pdf'
  readonly path: string
  /** 0 when the file cannot be read here: the platform will say what is wrong with it. */
  readonly pages: number
  readonly widthMm: number
  readonly heightMm: number
}
export type ImageFacts = { readonly kind: 'image'; readonly path: string }
export type FileFacts = PdfFacts | ImageFacts

/** What a file is, from its content; throws UsageError when it is missing or neither a PDF nor a picture. */
export async function factsOf(path: string): Promise<FileFacts> {
  if ((await contentTypeOf(path)) !== 'application/pdf') return { kind: 'image', path }
  try {
    const document = await PDFDocument.load(await readFile(path), { ignoreEncryption: true, updateMetadata: false })
    const { width, height } = document.getPage(0).getTrimBox()
    return {
      kind: 'pdf',
      path,
      pages: document.getPageCount(),
      widthMm: width * mmPerPoint,
      heightMm: height * mmPerPoint,
    }
  } catch {
    return { kind: 'pdf', path, pages: 0, widthMm: 0, heightMm: 0 }
  }
}

type ContentType = FileRequest['content_type']
const formats: Readonly<Record<string, ContentType>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  tiff: 'image/tiff',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
}

/** The media type of a file's content; throws UsageError as `factsOf` does. */
export async function contentTypeOf(path: string): Promise<ContentType> {
  const info = await stat(path).catch(() => undefined)
  if (!info?.isFile()) throw new UsageError(`${path} is not there, or not a file.`)
  if (info.size === 0) throw new UsageError(`${path} is empty.`)
  if ((await firstBytes(path)).includes('%PDF-')) return 'application/pdf'
  const format = await sharp(path)
    .metadata()
    .catch(() => undefined)
  const type = format?.compression === 'av1' ? 'image/avif' : formats[format?.format ?? '']
  if (type === undefined) throw new UsageError(`${path} is neither a PDF nor a picture that can be read.`)
  return type
}

/** A PDF may have up to 1 KiB of anything before its header. */
async function firstBytes(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}
