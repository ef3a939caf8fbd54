import type { ShownFinding } from '#contracts/order-api/finding.ts'
import { filled } from '#look/words.ts'
import type { WordKey, Words } from '../../words/en.ts'

type FindingWord = Extract<WordKey, `find_${string}`>

/** Codes that mean the same to somebody who only wants a print. */
const alike: Readonly<Record<string, FindingWord>> = {
  INK_COVERAGE_HIGH: 'find_COLOURS',
  TRANSPARENCY_PRESENT: 'find_COLOURS',
  SPOT_COLOURS: 'find_COLOURS',
  HDR_GAINMAP_DROPPED: 'find_COLOURS',
  RENDERERS_DISAGREE: 'find_COLOURS',
  UNSUPPORTED_FORMAT: 'find_FILE_UNREADABLE',
  CORRUPT_UNRECOVERABLE: 'find_FILE_UNREADABLE',
  OUTPUT_VERIFICATION_FAILED: 'find_FILE_UNREADABLE',
  PROCESSING_FAILED: 'find_FILE_UNREADABLE',
  SOURCE_MISMATCH: 'find_FILE_UNREADABLE',
  RESOURCE_LIMIT: 'find_TOO_LARGE',
  PAGE_COUNT_OUT_OF_RANGE: 'find_PAGE_COUNT',
  PAGE_COUNT_DIFFERS: 'find_PAGE_COUNT',
  SOURCE_NOT_UPLOADED: 'find_FILE_UNREACHABLE',
  SOURCE_UNREACHABLE: 'find_FILE_UNREACHABLE',
  SOURCE_ADDRESS_FORBIDDEN: 'find_FILE_UNREACHABLE',
}

/** The word for a code; undefined for what is mended without a word. */
export function findingWord(code: string, words: Words): FindingWord | undefined {
  const own = `find_${code}`
  return alike[code] ?? (isWord(own, words) ? own : undefined)
}

const isWord = (key: string, words: Words): key is FindingWord => Object.hasOwn(words, key)

/** "Page 7: photo at 96 dpi will look soft; 150 is the least we print well." */
export function findingText(finding: ShownFinding, words: Words, locale: string): string {
  const { code, page, found, wanted, file } = finding
  const key = findingWord(code, words)
  const number = (text: string): string => new Intl.NumberFormat(locale).format(Number(/\d+/.exec(text)?.[0] ?? 0))
  const text = key ? filled(words[key], { found: number(found), wanted: number(wanted) }) : `${found} (${wanted})`
  const isOfPage = page !== undefined && file !== 'image'
  return isOfPage ? filled(words.onPage, { page }) + text : text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}
