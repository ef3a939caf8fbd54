import type { PdfFile } from '../../pdf/pdf-file.ts'
import type { PdfValue } from '../../pdf/values.ts'
import type { Scope } from './scope.ts'

/** What a colour space means for a press. `inks`: its components are shares of the four process inks. */
export type Space = {
  readonly kind: 'gray' | 'rgb' | 'inks' | 'spot' | 'pattern' | 'other'
  /** RGB that says nothing of what its numbers mean. */
  readonly isUntaggedRgb: boolean
  readonly spots: readonly string[]
}

const plain = (kind: Space['kind']): Space => ({ kind, isUntaggedRgb: false, spots: [] })
export const gray = plain('gray')
const other = plain('other')
const inks = plain('inks')
const deepest = 4
const mostInks = 32
const processInks = ['Cyan', 'Magenta', 'Yellow', 'Black', 'None']

/** Reads a colour space: a name (looked up in the resources unless it is a device's) or an array. */
export function spaceOf(file: PdfFile, value: PdfValue | undefined, scope: Scope, depth = 0): Space {
  if (depth > deepest) return other
  const name = file.name(value)
  if (name !== undefined) {
    return deviceSpace(name, scope) ?? spaceOf(file, scope.entry('ColorSpace', name), scope, depth + 1)
  }
  const [family, first, second] = file.array(value) ?? []
  switch (file.name(family)) {
    case 'ICCBased':
      return profiled(file.number(file.stream(first)?.dict.get('N')))
    case 'CalGray':
      return gray
    case 'CalRGB':
      return plain('rgb')
    case 'Indexed':
    case 'I':
      return { ...spaceOf(file, first, scope, depth + 1), kind: 'other' }
    case 'Separation':
      return inkSpace([file.name(first) ?? ''], spaceOf(file, second, scope, depth + 1))
    case 'DeviceN': {
      const names = (file.array(first) ?? []).slice(0, mostInks).map((entry) => file.name(entry) ?? '')
      return inkSpace(names, spaceOf(file, second, scope, depth + 1))
    }
    case 'Pattern':
      return { ...spaceOf(file, first, scope, depth + 1), kind: 'pattern' }
    default:
      return deviceSpace(file.name(family) ?? '', scope) ?? other
  }
}

export function deviceSpace(name: string, scope: Scope): Space | undefined {
  switch (name) {
    case 'DeviceGray':
    case 'G':
      return gray
    case 'DeviceRGB':
    case 'RGB':
      return { ...plain('rgb'), isUntaggedRgb: !scope.hasDefaultRgb }
    case 'DeviceCMYK':
    case 'CMYK':
      return inks
    case 'Pattern':
      return plain('pattern')
    default:
      return undefined
  }
}

function profiled(components: number | undefined): Space {
  if (components === 4) return inks
  return components === 3 ? plain('rgb') : gray
}

/** `All` is for marks outside the trim: it is neither a spot colour nor an ink of the page. */
function inkSpace(names: readonly string[], { isUntaggedRgb }: Space): Space {
  if (names.every((name) => processInks.includes(name))) return inks
  const spots = names.filter((name) => name !== '' && name !== 'All' && !processInks.includes(name))
  return { kind: 'spot', isUntaggedRgb, spots }
}

/** A flat colour: highest share of ink, and whether it is the colour of paper. */
export type Paint = { readonly space: Space; readonly inkPercent: number; readonly isWhite: boolean }

export const black: Paint = { space: gray, inkPercent: 0, isWhite: false }

export function paintOf(space: Space, operands: readonly PdfValue[]): Paint {
  const parts = operands.filter((operand) => typeof operand === 'number')
  const sum = parts.reduce((total, part) => total + Math.min(1, Math.max(0, part)), 0)
  switch (space.kind) {
    case 'gray':
    case 'rgb':
      return { space, inkPercent: 0, isWhite: parts.length > 0 && parts.every((part) => part >= 1) }
    case 'inks':
      return { space, inkPercent: Math.round(sum * 1000) / 10, isWhite: parts.length > 0 && sum === 0 }
    case 'spot':
      return { space, inkPercent: 0, isWhite: parts.length > 0 && sum === 0 }
    default:
      return { space, inkPercent: 0, isWhite: false }
  }
}
