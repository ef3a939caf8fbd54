/** The shop's side says that it will not take this job, now or later: it fails, with this cause, for a person to decide. */
export class JobRefused extends Error {
  override name = 'JobRefused'
  readonly code: string

  constructor(code: string, options?: ErrorOptions) {
    super(`The job was refused: ${code}`, options)
    this.code = code
  }
}
