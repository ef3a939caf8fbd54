/** The last digit that makes twelve digits an EAN-13, ISBN-13 included: weights 1 and 3 in turn, to the next ten. */
export function checkDigitOf(twelve: string): number {
  const sum = [...twelve].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0)
  return (10 - (sum % 10)) % 10
}

/** Whether the last of thirteen digits is the one that the others demand: a typing error nearly always shows here. */
export const isIsbnSound = (isbn: string): boolean => Number(isbn.at(12)) === checkDigitOf(isbn.slice(0, 12))
