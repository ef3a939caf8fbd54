/** One file of an attacker or of bad luck; `kind` says what it is ordered as. */
export type HostileFile = {
  readonly name: string
  readonly bytes: Buffer
  readonly kind: 'document' | 'picture'
}
