/** The access key that signed a request, by its Authorization header; '' where there is none. */
export const accessKeyOf = (authorization: string | undefined): string =>
  /Credential=([^/, ]+)\//.exec(authorization ?? '')?.[1] ?? ''
