const size = 256
const octaves = 4

/** Smooth hills along a line: a value from 0 to 1 for every position ≥ 0. */
export function noiseLine(random: () => number): (position: number) => number {
  const values = Float32Array.from({ length: size }, random)
  return (position) => {
    let sum = 0
    for (let octave = 0; octave < octaves; octave += 1) sum += between(values, position * 2 ** octave) / 2 ** octave
    return sum / (2 - 2 / 2 ** octaves)
  }
}

/** Smooth clouds over a plane: a value from 0 to 1 for every position ≥ 0. */
export function noisePlane(random: () => number): (x: number, y: number) => number {
  const rows = Array.from({ length: 64 }, () => Float32Array.from({ length: size }, random))
  const at = (x: number, y: number) => {
    const row = Math.floor(y)
    const above = between(rows[row % 64] ?? new Float32Array(size), x)
    const below = between(rows[(row + 1) % 64] ?? new Float32Array(size), x)
    return above + (below - above) * eased(y - row)
  }
  return (x, y) => (at(x, y) + at(x * 2, y * 2) / 2 + at(x * 4, y * 4) / 4) / 1.75
}

function between(values: Float32Array, position: number): number {
  const left = Math.floor(position)
  const from = values[left % size] ?? 0
  return from + ((values[(left + 1) % size] ?? 0) - from) * eased(position - left)
}

function eased(share: number): number {
  return share * share * (3 - 2 * share)
}
