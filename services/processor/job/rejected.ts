import type { Finding } from '#contracts/findings.ts'

/** These files can never become this product: the customer must change them. Carries what to tell. */
export class Rejected extends Error {
  override name = 'Rejected'
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[], options?: ErrorOptions) {
    super(findings.map((each) => each.code).join(', '), options)
    this.findings = findings
  }
}
