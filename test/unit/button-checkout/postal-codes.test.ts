import { expect, test } from 'vitest'
import { noPostalCode, shownPostalCode } from '#contracts/postal-codes.ts'
import { buyerIssues } from '../../../services/button-checkout/checkouts/buyer-issues.ts'
import { fieldsOf } from '../../../services/button-checkout/pages/checkout/address/address-rules.ts'
import { buyerOf } from '../../../services/button-checkout/pages/checkout/state/draft.ts'
import { optionTexts } from '../../../services/button-checkout/pages/words/option-texts.ts'

const typed = (country: string, postal_code: string) => ({
  ...{ cart: { offer: 0, quantity: 1, options: {} }, country, method: undefined },
  fields: {
    ...{ email: 'a@example.com', name: 'Ada', line1: 'Queen’s Road 1', line2: '', city: 'Central', state: '' },
    ...{ phone: '', postal_code },
  },
})
const codeIn = (country: string) => fieldsOf(country).find(({ name }) => name === 'postal_code')

test('where the post knows no codes none is asked for, and one typed for another country is left behind', () => {
  expect(codeIn('HK')).toBeUndefined()
  const buyer = buyerOf(typed('HK', '1011 AB'))
  expect(buyer.address.postal_code).toBe(noPostalCode)
  expect(buyerIssues(buyer)).toEqual([])
  expect(shownPostalCode(buyer.address.postal_code)).toBe('')
})

test('in Ireland a code is welcome and not needed; elsewhere it is, and a dash is none', () => {
  expect(codeIn('IE')).toMatchObject({ isNeeded: false })
  expect(buyerIssues(buyerOf(typed('IE', '')))).toEqual([])
  expect(buyerOf(typed('IE', 'D02 X285')).address.postal_code).toBe('D02 X285')
  expect(codeIn('PT')).toMatchObject({ isNeeded: true })
  expect(buyerIssues(buyerOf(typed('PT', noPostalCode)))).toMatchObject([{ pointer: '/buyer/address/postal_code' }])
})

test('what was chosen has the names under which it was offered, in the language of the customer', () => {
  expect(optionTexts({ finish: 'gloss', wrap: 'black' }, 'de-AT')).toEqual(['Oberfläche: Glänzend', 'Ränder: Schwarz'])
  expect(optionTexts({ finish: 'gloss_150' }, 'en')).toEqual(['Finish: gloss 150'])
})
