import type { Finding } from '#contracts/findings.ts'
import type { FetchedSource } from '../fetch/fetch-sources.ts'
import type { SourceFile } from '../sandbox/protocol.ts'
import { sniff } from '../sniff/sniff.ts'
import { labelOf } from '../source/label.ts'
import { finding } from './finding.ts'
import { Rejected } from './rejected.ts'

/** The format of each source by its bytes; throws Rejected with all that we cannot take. */
export function sniffSources(fetched: readonly FetchedSource[]): readonly SourceFile[] {
  const refusals: Finding[] = []
  const files = fetched.flatMap(({ head, file, source }) => {
    const label = labelOf(source)
    const seen = sniff(head)
    if (seen.kind === 'known') return [{ file, label, format: seen.format }]
    refusals.push(seen.kind === 'empty' ? empty(label) : unsupported(label, seen.looksLike, source.contentType))
    return []
  })
  if (refusals.length > 0) throw new Rejected(refusals)
  return files
}

const empty = (file: string): Finding =>
  finding('EMPTY_DOCUMENT', {
    file,
    found: '0 bytes',
    wanted: 'a file with content',
    action: 'Check the export or the upload and send the file again.',
  })

function unsupported(file: string, looksLike: string, declared: string | undefined): Finding {
  const [found, advice = 'send a PDF, or a JPEG, PNG, TIFF, WebP, AVIF, HEIC or GIF picture, or a ZIP of pictures'] =
    looksLike.split(': ')
  return finding('UNSUPPORTED_FORMAT', {
    file,
    found: declared ? `${found}, announced as ${declared}` : `${found}`,
    wanted: 'PDF, JPEG, PNG, TIFF, WebP, AVIF, HEIC, GIF, or a ZIP of pictures',
    action: `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`,
  })
}
