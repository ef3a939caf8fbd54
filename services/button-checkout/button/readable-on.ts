/** White where it can be read on a colour (4.5:1), else black, which then can. A test tries colours; WCAG 2.2 has a straight piece for the darkest. */
export function readableOn(colour: string): string {
  const share = (at: number) => (+`0x${colour.slice(at, at + 2)}` / 255) ** 2.2
  return 0.2126 * share(1) + 0.7152 * share(3) + 0.0722 * share(5) < 0.18 ? '#fff' : '#000'
}
