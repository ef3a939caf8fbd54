/** FPDF_ERR_PASSWORD: the file wants one that we do not have. */
const passwordError = 4
/** FPDF_ERR_FILE, FPDF_ERR_UNKNOWN: what PDFium says of a file that it cannot read, and of one that it broke on. */
export const fileError = 2
export const brokeError = 1

/** Why PDFium could not open a file, or broke on it. An instance that broke once is of no more use. */
export class PdfiumError extends Error {
  override name = 'PdfiumError'
  readonly needsPassword: boolean

  constructor(code: number, options?: ErrorOptions) {
    super(`PDFium cannot ${code === brokeError ? 'go on with' : 'open'} the file (error ${code})`, options)
    this.needsPassword = code === passwordError
  }
}
