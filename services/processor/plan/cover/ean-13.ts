/** Black modules, as a run from the left. */
export type Bar = { readonly from: number; readonly width: number }

/** Widths of space, bar, space, bar of a digit of odd parity (ISO/IEC 15420, set A); 7 modules each. */
const odd = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'] as const
/** Which of the six digits on the left have even parity (set B), by the first digit; counted from 0. */
const evens = ['', '245', '235', '234', '145', '125', '123', '135', '134', '124'] as const

/** The bars of thirteen digits on 95 modules: three guards, six digits on each side of the middle one. */
export function ean13BarsOf(digits: string): Bar[] {
  const isEven = (place: number): boolean => (evens[Number(digits[0])] ?? '').includes(String(place))
  // Set B is set A read from the right; on the right of the middle, set A begins with a bar.
  const left = digitsOf(digits, 1).map((widths, place) => (isEven(place) ? reversed(widths) : widths))
  const widths = ['111', ...left, '11111', ...digitsOf(digits, 7), '111'].join('')
  const bars: Bar[] = []
  let from = 0
  // Bars and spaces take turns from the first guard to the last.
  for (const [place, width] of [...widths].entries()) {
    if (place % 2 === 0) bars.push({ from, width: Number(width) })
    from += Number(width)
  }
  return bars
}

const digitsOf = (digits: string, from: number): string[] =>
  [...digits.slice(from, from + 6)].map((digit) => odd[Number(digit)] ?? odd[0])

const reversed = (text: string): string => [...text].reverse().join('')
