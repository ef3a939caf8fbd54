import { createHash, randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { engineVersion } from '../publish/engine-version.ts'
import { scanToEnd } from './jpeg-segments.ts'
import { openPictureBytes } from './picture-bytes.ts'
import { type JpegHeaders, readJpeg } from './read-jpeg.ts'

/** A picture that was encoded anew, in the job folder, named by all that went into it. */
export type Piece = { readonly file: string; readonly headers: JpegHeaders }

const nameDigits = 24

/** The name of what `parameters` make: other inputs, another program or another library give another one. */
export function pieceName(parameters: unknown): string {
  const { vips, mozjpeg } = sharp.versions
  const text = JSON.stringify([engineVersion, vips, mozjpeg, parameters])
  return `piece-${createHash('sha256').update(text).digest('hex').slice(0, nameDigits)}.jpg`
}

/** The piece of this name: found finished from an interrupted run, or made by `write`; it is there whole or not at all. */
export async function pieceOf(folder: string, file: string, write: (path: string) => Promise<void>): Promise<Piece> {
  const path = join(folder, file)
  const found = existsSync(path) ? headersOf(path) : undefined
  if (found) return { file, headers: found }
  const part = `${path}.${randomUUID()}`
  try {
    await write(part)
    const headers = headersOf(part)
    if (!headers) throw new Error('The encoder wrote a JPEG that cannot be read')
    renameSync(part, path)
    return { file, headers }
  } finally {
    rmSync(part, { force: true })
  }
}

function headersOf(path: string): JpegHeaders | undefined {
  const bytes = openPictureBytes(path)
  try {
    return readJpeg(bytes, scanToEnd)
  } finally {
    bytes.close()
  }
}
