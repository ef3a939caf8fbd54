/** Colour is never the only sign: what is painted also has a word or a mark. */
export type Paint = {
  readonly strong: (text: string) => string
  readonly quiet: (text: string) => string
  readonly accent: (text: string) => string
  readonly warn: (text: string) => string
  readonly reject: (text: string) => string
}

export function painter(hasColour: boolean): Paint {
  const with_ =
    (code: number) =>
    (text: string): string =>
      hasColour && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text
  return { strong: with_(1), quiet: with_(2), accent: with_(34), warn: with_(33), reject: with_(31) }
}
