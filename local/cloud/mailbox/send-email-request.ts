import Type, { type Static } from 'typebox'

const addresses = Type.Array(Type.String(), { maxItems: 50 })
const content = Type.Object({ Data: Type.String() })
const headerOrTag = Type.Object({ Name: Type.String(), Value: Type.String() })

/**
 * The members of SES v2's SendEmail that Printcloud uses, as the SDK sends them (blobs are base64). Others are refused:
 * what a real SES would act on must not be lost in silence.
 */
export const sendEmailRequestSchema = Type.Object(
  {
    FromEmailAddress: Type.Optional(Type.String()),
    Destination: Type.Optional(
      Type.Object(
        {
          ToAddresses: Type.Optional(addresses),
          CcAddresses: Type.Optional(addresses),
          BccAddresses: Type.Optional(addresses),
        },
        { additionalProperties: false },
      ),
    ),
    ReplyToAddresses: Type.Optional(addresses),
    Content: Type.Object(
      {
        Simple: Type.Optional(
          Type.Object(
            {
              Subject: content,
              Body: Type.Object({ Text: Type.Optional(content), Html: Type.Optional(content) }),
              Headers: Type.Optional(Type.Array(headerOrTag)),
              Attachments: Type.Optional(
                Type.Array(
                  Type.Object({
                    RawContent: Type.String(),
                    FileName: Type.String(),
                    ContentType: Type.Optional(Type.String()),
                  }),
                ),
              ),
            },
            { additionalProperties: false },
          ),
        ),
        Raw: Type.Optional(Type.Object({ Data: Type.String() }, { additionalProperties: false })),
      },
      { additionalProperties: false },
    ),
    EmailTags: Type.Optional(Type.Array(headerOrTag)),
    ConfigurationSetName: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

export type SendEmailRequest = Readonly<Static<typeof sendEmailRequestSchema>>
export type SimpleContent = NonNullable<SendEmailRequest['Content']['Simple']>
