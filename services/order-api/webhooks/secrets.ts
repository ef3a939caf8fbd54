import { Type } from 'typebox'
import type { Keyring } from '#chassis/keyring.ts'

/** What secrets of webhooks are sealed for. */
export const webhookPurpose = 'webhook'

/** How long the old secret signs beside the new one: time to bring the new one to every receiver. */
export const rotationHours = 24
/** Rotated again and again within a day: so many secrets sign at once, as each costs a line of the header. */
export const mostLiveSecrets = 5

/** As they are stored, newest first; `until` is when an old one ends. */
export const SealedSecrets = Type.Array(Type.Object({ sealed: Type.String(), until: Type.Optional(Type.String()) }))
type SealedSecret = { readonly sealed: string; readonly until?: string }

const isLive = ({ until }: SealedSecret, now: Date): boolean => until === undefined || until > now.toISOString()

/** The secrets that sign now, opened. Throws when one does not open: a master key was taken away too early. */
export function liveSecrets(secrets: readonly SealedSecret[], keyring: Keyring, now: Date): readonly string[] {
  return secrets
    .filter((secret) => isLive(secret, now))
    .map(({ sealed }) => {
      const secret = keyring.open(webhookPurpose, sealed)
      if (secret === undefined) throw new Error('The secret of a webhook opens with none of the MASTER_KEYS')
      return secret
    })
}

/** When the last of the old secrets ends; undefined when only the newest signs. */
export const oldSecretsUntil = (secrets: readonly SealedSecret[], now: Date): string | undefined =>
  secrets
    .flatMap((secret) => (secret.until !== undefined && isLive(secret, now) ? [secret.until] : []))
    .toSorted()
    .at(-1)
