/** Something that must not be found where it does not belong; `name` is what a fault calls it. */
export type Canary = { readonly name: string; readonly text: string }

/** Whoever buys here is like nobody else: each word of it is known again wherever it turns up. */
export function buyerOf(seed: number) {
  const mark = `canary${String(seed).padStart(6, '0')}x`
  return {
    name: `Ada ${mark}name`,
    email: `${mark}mail@example.com`,
    phone: `+31 30 ${(700_000_000 + seed)
      .toString()
      .replaceAll(/(\d{3})/g, '$1 ')
      .trim()}`,
    address: {
      line1: `${mark}straat 7`,
      line2: `${mark}verdieping`,
      city: `${mark}dam`,
      postal_code: '3511 AA',
      country: 'NL',
    },
  } as const
}
export type CanaryBuyer = ReturnType<typeof buyerOf>

/** Where it is to go instead. */
export const movedTo = (seed: number): string => `canary${seed}xnieuwegracht 9`

/** Personal data: in the rows of its order, in its checkout, at its facility and in its mails; nowhere else. */
export const personal = (buyer: CanaryBuyer, moved: string): readonly Canary[] => [
  { name: 'a name', text: buyer.name },
  { name: 'a mail address', text: buyer.email },
  { name: 'a phone number', text: buyer.phone },
  { name: 'a street', text: buyer.address.line1 },
  { name: 'a second line', text: buyer.address.line2 },
  { name: 'a town', text: buyer.address.city },
  { name: 'a new street', text: moved },
]

/** The signature of a link: its other half, the id, is no secret. */
export const signatureIn = (path: string): string => /chk_\w+\.([\w-]{43})/.exec(path)?.[1] ?? ''

/** Those canaries that a text holds. */
export const foundIn = (text: string, canaries: readonly Canary[]): readonly string[] =>
  canaries.filter((canary) => canary.text !== '' && text.includes(canary.text)).map(({ name }) => name)
