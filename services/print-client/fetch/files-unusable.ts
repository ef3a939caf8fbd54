/** The print files in the bucket are not what the ticket says: trying again did not help. `cause` is a code of PRINT-FACTS §5. */
export class FilesUnusable extends Error {
  override name = 'FilesUnusable'
  readonly code: 'FilesCorrupt' | 'DownloadError'

  constructor(code: 'FilesCorrupt' | 'DownloadError', message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
