/** An answer that is an error, in Stripe's shape. */
export class StripeFault extends Error {
  override name = 'StripeFault'
  readonly status: number
  readonly body: Readonly<Record<string, string>>

  constructor(status: number, type: string, message: string, more: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.body = { type, message, ...more }
  }
}

export const invalid = (message: string, param?: string, code?: string): StripeFault =>
  new StripeFault(400, 'invalid_request_error', message, {
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  })

export const missing = (kind: string, id: string): StripeFault =>
  new StripeFault(404, 'invalid_request_error', `No such ${kind}: '${id}'`, { code: 'resource_missing', param: 'id' })
