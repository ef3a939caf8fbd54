/** Whose doing it is, and so who pays for what follows. */
export type CauseFault = 'facility' | 'platform' | 'publisher' | 'carrier'

/** What a word for a failure means: one meaning a code, however many words brokers and shops have for it. */
export type FacilityCause = {
  /** For people, after "because". */
  readonly words: string
  readonly fault: CauseFault
  /** Whether another facility could make the job: with its own paper, its own press, print files made for it. */
  readonly canBeMadeElsewhere: boolean
  /** What brokers and shops call it; compared without regard to case, blanks, hyphens and underscores. */
  readonly aliases: readonly string[]
}

const cause = (
  fault: CauseFault,
  canBeMadeElsewhere: boolean,
  words: string,
  ...aliases: readonly string[]
): FacilityCause => ({ words, fault, canBeMadeElsewhere, aliases })

/** Why a facility does not make a job. Print files are made anew for another facility: faults of theirs may be gone there. */
export const facilityCauses = {
  out_of_stock_media: cause('facility', true, 'the paper is out of stock'),
  device_down: cause('facility', true, 'a machine is down'),
  capacity: cause('facility', true, 'there is no capacity left'),
  damaged_in_finishing: cause('facility', true, 'it was damaged in finishing'),
  misprint: cause('facility', true, 'it was misprinted'),
  wrong_content: cause('facility', true, 'the wrong content was printed or packed'),
  ink_coverage: cause('facility', true, 'it takes more ink than this press can dry', 'InkjetCoverage'),
  other: cause('facility', true, 'of something that has no code', 'MiscError'),
  spine_width: cause('platform', true, 'the spine of the cover does not fit the block', 'CancelCoverSpine'),
  block_size: cause('platform', true, 'the interior has the wrong size', 'BookSize'),
  cover_size: cause('platform', true, 'the cover has the wrong size', 'CoverSize'),
  block_trim: cause('platform', true, 'the trim of the interior is wrong', 'BookTrim'),
  cover_trim: cause('platform', true, 'the trim of the cover is wrong', 'CoverTrim'),
  block_corrupt: cause('platform', true, 'the interior cannot be opened', 'BookCorrupt'),
  cover_corrupt: cause('platform', true, 'the cover cannot be opened', 'CoverCorrupt'),
  block_rip: cause('platform', true, 'the interior cannot be rendered for the press', 'BookRip'),
  cover_rip: cause('platform', true, 'the cover cannot be rendered for the press', 'CoverRip'),
  files_corrupt: cause('platform', true, 'the print files are damaged', 'FilesCorrupt'),
  download: cause('platform', true, 'the print files could not be fetched', 'DownloadError'),
  ticket_invalid: cause('platform', true, 'the ticket could not be read', 'ValidateError'),
  test_order: cause('platform', false, 'it is a test order', 'TestOrder'),
  page_count: cause('publisher', false, 'the number of pages cannot be made', 'PageCount'),
  unknown_font: cause('publisher', false, 'a font is missing', 'UnknownFont'),
  block_margins: cause('publisher', false, 'text of the interior is too near to the trim', 'BookMargins'),
  cover_margins: cause('publisher', false, 'text of the cover is too near to the trim', 'CoverMargins'),
  invalid_address: cause('publisher', false, 'the address cannot be delivered to', 'InvalidAddress'),
  user_request: cause('publisher', false, 'its publisher asked for it', 'UserRequest'),
  lost: cause('carrier', false, 'it was lost in the mail'),
  // Said by order-api, of jobs that it took back.
  unclaimed: cause('facility', true, 'no print client took it in time'),
  facility_paused: cause('facility', true, 'the facility is paused'),
  facility_draining: cause('facility', true, 'the facility takes no more jobs'),
} as const satisfies Readonly<Record<string, FacilityCause>>

export type FacilityCauseCode = keyof typeof facilityCauses

const isCode = (name: string): name is FacilityCauseCode => Object.hasOwn(facilityCauses, name)
export const facilityCauseCodes: readonly FacilityCauseCode[] = Object.keys(facilityCauses).filter(isCode)

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/g, '')
const byAlias: ReadonlyMap<string, FacilityCauseCode> = new Map(
  facilityCauseCodes.flatMap((code) => [code, ...facilityCauses[code].aliases].map((name) => [plain(name), code])),
)

/** The code that a facility's word stands for: its code or an alias, alone or before a colon. Words that are none are `other`. */
export const causeCodeOf = (said: string): FacilityCauseCode =>
  byAlias.get(plain(said)) ?? byAlias.get(plain(said.split(':', 1)[0] ?? '')) ?? 'other'
