/** Why a picture cannot be decoded, in words for the customer. */
export class PictureFault extends Error {
  override name = 'PictureFault'
  readonly code: 'CORRUPT_UNRECOVERABLE' | 'TOO_LARGE'

  constructor(code: PictureFault['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
