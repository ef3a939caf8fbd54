import type { Problems } from '#chassis/http/problem.ts'
import type { ButtonCheckoutEnvironment } from '#contracts/environment.ts'
import { problemCodes } from '#contracts/problem-codes.ts'

/** The codes of all services, and the page that explains them. */
export const problemsOf = ({ CHECKOUT_URL }: Pick<ButtonCheckoutEnvironment, 'CHECKOUT_URL'>): Problems => ({
  table: problemCodes,
  docsUrl: `${CHECKOUT_URL}/errors`,
})
