import type { Problems } from '#chassis/http/problem.ts'
import type { ButtonCheckoutEnvironment } from '#contracts/environment.ts'
import { problemCodes } from '#contracts/problem-codes.ts'

/** The codes of all services, and the page of the API that explains them. */
export const problemsOf = ({ ORDER_API_URL }: Pick<ButtonCheckoutEnvironment, 'ORDER_API_URL'>): Problems => ({
  table: problemCodes,
  docsUrl: `${ORDER_API_URL}/errors`,
})
