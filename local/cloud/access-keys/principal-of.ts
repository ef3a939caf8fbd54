/** Who stands behind an access key, as SQS tells it in SenderId. */
export type PrincipalOf = (accessKeyId: string) => string

/** Keys that nobody issued here, such as the platform's own, stand for themselves. */
export const principalOfName: PrincipalOf = (accessKeyId) => accessKeyId
