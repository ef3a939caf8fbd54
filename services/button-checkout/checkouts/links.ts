import type { Keyring } from '#chassis/keyring.ts'

/** What a link lets its holder do: fill in and pay a checkout, or look after the order that it became. */
export type LinkKind = 'checkout' | 'order'

const roots: Readonly<Record<LinkKind, string>> = { checkout: '/checkout/c/', order: '/order/' }
const form = /^(chk_[0-9a-hjkmnp-tv-z]{26})\.([A-Za-z0-9_-]{43})$/

/** Path of a page that nobody guesses: the id and a signature over it. Links of old master keys stay good as long as the key is in the ring. */
export const linkPath = (keyring: Keyring, kind: LinkKind, checkoutId: string): string =>
  `${roots[kind]}${checkoutId}.${keyring.sign(`link/${kind}`, checkoutId)}`

/** The checkout whose link it is; undefined for what was never given out. */
export function checkoutIdOfToken(keyring: Keyring, kind: LinkKind, token: string): string | undefined {
  const [, id, signature] = form.exec(token) ?? []
  return id !== undefined && signature !== undefined && keyring.isSigned(`link/${kind}`, id, signature) ? id : undefined
}
