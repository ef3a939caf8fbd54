/** SES's answer to input that it does not take; the message says which member and why. */
export class BadRequest extends Error {
  override name = 'BadRequestException'
}
