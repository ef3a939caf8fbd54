/** What became of one file. */
export type FileResult = {
  readonly file: string
  /** `crashed`: a converter died of it; `limit`: it took too much time or memory; `fault`: our own code threw. */
  readonly outcome: 'made' | 'refused' | 'crashed' | 'limit' | 'fault'
  /** Codes of the refusal, or words of the fault. */
  readonly detail: string
  readonly pages: number
  readonly milliseconds: number
  readonly peakMB: number
  /** Pages compared with PDFium's rendering of the source, and how many of them look the same. */
  readonly compared: number
  readonly same: number
  /** What `qpdf --check` says of the print file; empty: nothing, or no qpdf on this machine. */
  readonly complaint: string
  /** Codes of the findings that go with the print file. */
  readonly findings: readonly string[]
  /** Worst share of differing pixels. */
  readonly worst: number
}
