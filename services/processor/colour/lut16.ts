import { between } from './tone-curve.ts'

/** A table of an ICC profile: values in and out are coded, 0 to 1 each. */
export type Lut16 = (input: Float64Array, output: Float64Array) => void

const headerBytes = 52

/**
 * Reads a lut16Type tag (curves, grid, curves) of so many channels. Throws where it is none: our press profiles have no
 * other kind.
 */
export function lut16(tag: Buffer | undefined, inputs: number, outputs: number): Lut16 {
  if (!tag || tag.length < headerBytes || tag.toString('latin1', 0, 4) !== 'mft2') {
    throw new Error('The press profile lacks a 16-bit table (lut16Type): build it as colour/data/build.sh does')
  }
  if (tag.readUInt8(8) !== inputs || tag.readUInt8(9) !== outputs) {
    throw new Error(
      `The press profile’s table leads from ${tag.readUInt8(8)} to ${tag.readUInt8(9)} channels, wanted: ${inputs} to ${outputs}`,
    )
  }
  const steps = tag.readUInt8(10)
  const beforeCount = tag.readUInt16BE(48)
  const afterCount = tag.readUInt16BE(50)
  let at = headerBytes
  const take = (count: number): Float64Array => {
    const from = at
    at += count * 2
    return Float64Array.from({ length: count }, (_, index) => tag.readUInt16BE(from + index * 2) / 65_535)
  }
  const before = { count: beforeCount, samples: take(inputs * beforeCount) }
  const grid = take(steps ** inputs * outputs)
  const after = { count: afterCount, samples: take(outputs * afterCount) }
  return interpolation({ inputs, outputs, steps, before, grid, after })
}

type Curves = { readonly count: number; readonly samples: Float64Array }

type Table = {
  readonly inputs: number
  readonly outputs: number
  readonly steps: number
  readonly before: Curves
  readonly grid: Float64Array
  readonly after: Curves
}

/** Linear along every axis, as colour engines read tables of Lab: on the gray axis it is smoother than tetrahedra. */
function interpolation({ inputs, outputs, steps, before, grid, after }: Table): Lut16 {
  const cells = new Int32Array(inputs)
  const shares = new Float64Array(inputs)
  const strides = Int32Array.from({ length: inputs }, (_, axis) => steps ** (inputs - 1 - axis) * outputs)
  const corners = 2 ** inputs
  const addCorner = (corner: number, output: Float64Array): void => {
    let at = 0
    let weight = 1
    for (let axis = 0; axis < inputs; axis += 1) {
      const share = shares[axis] ?? 0
      const isFar = (corner >> axis) & 1
      at += (cells[axis] ?? 0) + isFar * (strides[axis] ?? 0)
      weight *= isFar ? share : 1 - share
    }
    if (weight === 0) return
    for (let channel = 0; channel < outputs; channel += 1) {
      output[channel] = (output[channel] ?? 0) + weight * (grid[at + channel] ?? 0)
    }
  }
  return (input, output) => {
    for (let axis = 0; axis < inputs; axis += 1) {
      const place = between(before.samples, axis * before.count, before.count, input[axis] ?? 0) * (steps - 1)
      const cell = Math.min(Math.floor(place), steps - 2)
      cells[axis] = cell * (strides[axis] ?? 0)
      shares[axis] = place - cell
    }
    output.fill(0)
    for (let corner = 0; corner < corners; corner += 1) addCorner(corner, output)
    for (let channel = 0; channel < outputs; channel += 1) {
      output[channel] = between(after.samples, channel * after.count, after.count, output[channel] ?? 0)
    }
  }
}
