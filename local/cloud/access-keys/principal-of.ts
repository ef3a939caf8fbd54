/** Who stands behind an access key, as SQS tells it in SenderId. */
export type PrincipalOf = (accessKeyId: string) => string

/** Of a key that nobody issued, such as the platform's own: AKIALOCALPRINTCLOUD0 is AIDALOCALPRINTCLOUD0. */
export const principalOfName: PrincipalOf = (accessKeyId) => `AIDA${accessKeyId.replace(/^AKIA/, '').toUpperCase()}`
