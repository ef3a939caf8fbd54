/** Why a job waits for a person, as a word that the page has sentences for. */
export type WaitReason =
  | 'power_lost'
  | 'folder_gone'
  | 'journal_lost'
  | 'journal_damaged'
  | 'printer_unsure'
  | 'files_corrupt'
  | 'files_missing'
  | 'unsure'
  | 'other'

const bySign: readonly (readonly [RegExp, WaitReason])[] = [
  [/restarted during the hand-over/, 'power_lost'],
  [/neither in staging nor in the hot folder/, 'folder_gone'],
  [/its journal does not know/, 'journal_lost'],
  [/journal was damaged/, 'journal_damaged'],
  [/^possibly_printed: .*(printer|command)/i, 'printer_unsure'],
  [/^FilesCorrupt/, 'files_corrupt'],
  [/^DownloadError/, 'files_missing'],
  [/possibly_printed/, 'unsure'],
]

/** The reason behind the cause that the journal holds. */
export const waitReasonOf = (cause: string | undefined): WaitReason =>
  bySign.find(([sign]) => sign.test(cause ?? ''))?.[1] ?? 'other'
