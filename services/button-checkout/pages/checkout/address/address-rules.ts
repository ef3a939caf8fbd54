import { hasPostalCodes, needsPostalCode } from '#contracts/postal-codes.ts'
import type { WordKey } from '../../words/en.ts'
import type { FieldName } from '../state/draft.ts'

export type AddressField = {
  readonly name: FieldName
  readonly label: WordKey
  readonly isNeeded: boolean
  readonly autocomplete: string
  readonly inputmode?: 'text' | 'numeric' | 'email' | 'tel'
  readonly type?: 'email' | 'tel'
  readonly hint?: WordKey
  readonly maxLength: number
  /** Half a line wide, beside its neighbour. */
  readonly isHalf?: boolean
}

const common = {
  email: {
    ...{ name: 'email', label: 'email', isNeeded: true, autocomplete: 'email', inputmode: 'email', type: 'email' },
    ...{ hint: 'emailHint', maxLength: 200 },
  },
  name: { name: 'name', label: 'name', isNeeded: true, autocomplete: 'shipping name', maxLength: 100 },
  line1: { name: 'line1', label: 'line1', isNeeded: true, autocomplete: 'shipping address-line1', maxLength: 100 },
  line2: { name: 'line2', label: 'line2', isNeeded: false, autocomplete: 'shipping address-line2', maxLength: 100 },
  city: {
    name: 'city',
    label: 'city',
    isNeeded: true,
    autocomplete: 'shipping address-level2',
    maxLength: 80,
    isHalf: true,
  },
  phone: {
    ...{ name: 'phone', label: 'phone', isNeeded: false, autocomplete: 'shipping tel', inputmode: 'tel', type: 'tel' },
    ...{ hint: 'phoneHint', maxLength: 40 },
  },
} as const satisfies { readonly [key in FieldName]?: AddressField }

/** Countries where the place comes before the code, as people there write an address. */
const placeFirst = ['US', 'CA', 'AU', 'GB', 'IE', 'NZ', 'IN', 'ZA', 'BR']
const figuresOnly = ['US', 'DE', 'FR', 'ES', 'IT', 'BE', 'AT', 'CH', 'DK', 'NO', 'FI', 'AU', 'CN']

/** What an address needs in a country, in the order in which people there write it. */
export function fieldsOf(country: string): readonly AddressField[] {
  const { email, name, line1, line2, phone } = common
  const code: AddressField = {
    ...{ name: 'postal_code', label: country === 'US' ? 'zip' : 'postal_code', isHalf: true },
    isNeeded: needsPostalCode(country),
    ...{ autocomplete: 'shipping postal-code', maxLength: 20 },
    inputmode: figuresOnly.includes(country) ? 'numeric' : 'text',
  }
  return [email, name, line1, line2, ...placeOf(country, code), phone]
}

function placeOf(country: string, code: AddressField): readonly AddressField[] {
  const { city } = common
  if (!hasPostalCodes(country)) return [{ ...city, isHalf: false }, ...stateOf(country)]
  return placeFirst.includes(country) ? [city, ...stateOf(country), code] : [code, city, ...stateOf(country)]
}

function stateOf(country: string): readonly AddressField[] {
  const label = stateLabels[country]
  if (!label) return []
  return [
    {
      name: 'state',
      label,
      isNeeded: neededStates.includes(country),
      autocomplete: 'shipping address-level1',
      maxLength: 40,
      isHalf: true,
    },
  ]
}

const neededStates = ['US', 'CA', 'AU']

/** Where carriers want more than town and code. */
const stateLabels: Readonly<Record<string, WordKey>> = {
  ...{
    US: 'state',
    AU: 'state',
    BR: 'state',
    IN: 'state',
    MX: 'state',
    CA: 'province',
    CN: 'province',
    IT: 'province',
  },
  ...{ ES: 'province', JP: 'county' },
}

/** Whether the price depends on the state. */
export const isPricedByState = (country: string): boolean => country === 'US' || country === 'CA'
