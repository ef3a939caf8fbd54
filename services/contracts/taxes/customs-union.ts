import { vatOfTheUnion } from './vat-of-the-union.ts'

/** Whether goods pass from one country to the other without customs. Source: Union Customs Code, art. 4 (Monaco included). */
export function isWithoutBorder(from: string, to: string): boolean {
  return from === to || (isInCustomsUnion(from) && isInCustomsUnion(to))
}

const isInCustomsUnion = (country: string): boolean => country === 'MC' || Object.hasOwn(vatOfTheUnion, country)
