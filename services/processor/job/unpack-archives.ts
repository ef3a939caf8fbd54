import type { FileRole } from '#contracts/catalogue/product.ts'
import type { Finding } from '#contracts/findings.ts'
import type { ZipRefusal } from '../pictures/zip-answer.ts'
import { type SourceFile, UnpackAnswer } from '../sandbox/protocol.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { labelOf } from '../source/label.ts'
import { finding } from './finding.ts'
import { Rejected } from './rejected.ts'

/** A document or picture in the job folder, and what it is for. */
export type RoledFile = SourceFile & { readonly role: FileRole }

/**
 * The files with every archive replaced by its pictures, in reading order; pictures of a list are numbered through.
 * Archives are opened by the child. Throws Rejected for those that hold something else, or more than their role takes.
 */
export async function unpackArchives(
  files: readonly RoledFile[],
  child: Sandbox,
  limitMilliseconds: number,
): Promise<readonly RoledFile[]> {
  if (!files.some(({ format }) => format === 'zip')) return files
  const refusals: Finding[] = []
  const unpacked: RoledFile[] = []
  for (const source of files) {
    if (source.format !== 'zip') {
      unpacked.push(source)
      continue
    }
    const answer = await child.ask({ task: 'unpack', file: source.file }, UnpackAnswer, limitMilliseconds)
    if (answer.kind === 'unreadable') refusals.push(unreadable(source.label, answer))
    else if (source.role !== 'images' && answer.files.length > 1)
      refusals.push(tooManyPictures(source.label, answer.files.length))
    else unpacked.push(...answer.files.map(({ file, format }) => ({ ...source, file, format })))
  }
  if (refusals.length > 0) throw new Rejected(refusals)
  return numbered(unpacked)
}

function numbered(files: readonly RoledFile[]): readonly RoledFile[] {
  const counts = new Map<FileRole, number>()
  return files.map((file) => {
    const position = counts.get(file.role) ?? 0
    counts.set(file.role, position + 1)
    return { ...file, label: labelOf({ role: file.role, position }) }
  })
}

const wanted: Readonly<Record<ZipRefusal['code'], string>> = {
  PASSWORD_REQUIRED: 'an archive that opens without a password',
  CORRUPT_UNRECOVERABLE: 'a whole, readable archive',
  EMPTY_DOCUMENT: 'an archive with pictures in it',
  TOO_LARGE: 'an archive of at most 300 pictures and 2 GiB',
  UNSUPPORTED_FORMAT: 'nothing but JPEG, PNG, TIFF, WebP, AVIF, HEIC or GIF pictures in the archive',
}

const unreadable = (file: string, { code, detail }: ZipRefusal): Finding =>
  finding(code, {
    file,
    found: detail,
    wanted: wanted[code],
    action: 'Pack the pictures again, without a password and without other files, and send the archive again.',
  })

/** The refusal of an archive where one picture is wanted. */
export const tooManyPictures = (file: string, count: number): Finding =>
  finding('SOURCE_MISMATCH', {
    file,
    found: `an archive of ${count} pictures`,
    wanted: 'one picture',
    action: 'Send the picture that is meant by itself, or several as "images" where the product takes them.',
  })
