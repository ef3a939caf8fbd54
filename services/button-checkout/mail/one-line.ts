/** Ends of lines, signs that steer terminals, and signs that turn the direction of what follows: nobody's name has them. */
const steering = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** Words of others as one line that can neither end a header nor turn the text around it. Longer ones are cut between signs as people see them. */
export function oneLine(text: string, mostSigns = 120): string {
  const line = text.replace(steering, ' ').replace(/ +/g, ' ').trim()
  const signs = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)]
  if (signs.length <= mostSigns) return line
  const kept = signs.slice(0, mostSigns - 1).map(({ segment }) => segment)
  return `${kept.join('').trimEnd()}…`
}
