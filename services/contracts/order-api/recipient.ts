import { type Static, Type } from 'typebox'

const line = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })
const strict = { additionalProperties: false } as const

/** A postal address; `country` is ISO 3166-1 alpha-2. */
export const Address = Type.Object(
  {
    line1: line(100, 'street and number'),
    line2: Type.Optional(Type.String({ maxLength: 100 })),
    city: line(80, 'town'),
    postal_code: line(20, 'as the carrier writes it'),
    state: Type.Optional(
      Type.String({ maxLength: 40, description: 'state, province or region where the country uses one' }),
    ),
    country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2, upper case, e.g. NL' }),
  },
  strict,
)

/** Who gets the parcel. Personal data: never logged, never in a URL. */
export const Recipient = Type.Object(
  {
    name: line(100, 'as on the label'),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 200 })),
    phone: Type.Optional(Type.String({ minLength: 3, maxLength: 40 })),
    address: Address,
  },
  strict,
)
export type Recipient = Static<typeof Recipient>
