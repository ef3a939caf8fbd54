import { type Static, Type } from 'typebox'

const line = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })

/** Who sells, as on invoices and under mails. */
export const Seller = Type.Object(
  {
    name: line(100, 'of the company'),
    lines: Type.Array(line(100, 'of the address'), { minItems: 1, maxItems: 5 }),
    country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2, upper case' }),
    vat_id: Type.Optional(line(30, 'number for value added tax')),
    email: Type.String({ format: 'email', maxLength: 200, description: 'where customers write to' }),
  },
  { additionalProperties: false },
)
export type Seller = Static<typeof Seller>
