import type { FindingCode } from '#contracts/finding-codes.ts'
import type { Finding } from '#contracts/findings.ts'

type Words = readonly [what: string, advice: string]

const sendAgain = 'export the file again from the program that made it, and use that one'
const unreadable: Words = ['The file is damaged', sendAgain]

/** What publishers are told: findings speak to those who order prints. */
const words: Partial<Record<FindingCode, Words>> = {
  UNSUPPORTED_FORMAT: [
    'This kind of file cannot be shown',
    'use a PDF, or a JPEG, PNG, TIFF, WebP, AVIF, HEIC or GIF picture, or a ZIP of pictures',
  ],
  EMPTY_DOCUMENT: ['There is nothing in the file', 'check the export or the upload, and use a file with a page in it'],
  PASSWORD_REQUIRED: ['The file opens only with a password', 'save it without one, and use that file'],
  CORRUPT_UNRECOVERABLE: unreadable,
  TOO_LARGE: ['The file is too large to be shown', 'use a smaller one for the thumbnail'],
  RESOURCE_LIMIT: ['The file takes too much work to be shown', 'use a simpler one, or a picture of it'],
  SOURCE_NOT_UPLOADED: ['The file is not there', 'upload it, then save the publication again'],
  SOURCE_MISMATCH: ['The file is not the one that was announced', 'upload it again, and use the new file'],
  SOURCE_UNREACHABLE: [
    'The file could not be fetched',
    'open the address in a private browser window to check it, or upload the file',
  ],
  SOURCE_ADDRESS_FORBIDDEN: [
    'Files are not fetched from this address',
    'give a public https address on port 443, without a login in it, or upload the file',
  ],
  PROCESSING_FAILED: ['Our side failed several times over', 'nothing is wrong on yours; save the publication again'],
}

/** What was found says no more than this. */
const selfEvident: readonly FindingCode[] = ['PROCESSING_FAILED', 'SOURCE_NOT_UPLOADED']

const longest = 500

/** Why no thumbnail can be made of a file, in one sentence: what was found, and what to do. */
export function failureWords(findings: readonly Finding[]): string {
  const [first] = findings
  const [what, advice] = (first && words[first.code]) ?? unreadable
  const found = first && !selfEvident.includes(first.code) ? ` (${first.found})` : ''
  const text = `${what}${found}: ${advice}.`
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
