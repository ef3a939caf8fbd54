/** Every `code` of a problem+json answer: its HTTP status, its title, whether the same request may succeed later. */
export const problemCodes = {
  malformed_json: { status: 400, title: 'The body is not valid JSON', isRetryable: false },
  unsupported_media_type: { status: 415, title: 'The body must be application/json', isRetryable: false },
  body_too_large: { status: 413, title: 'The body is too large', isRetryable: false },
  invalid_request: { status: 422, title: 'Some fields are not acceptable', isRetryable: false },
  idempotency_key_missing: { status: 400, title: 'The Idempotency-Key header is required', isRetryable: false },
  idempotency_key_invalid: { status: 400, title: 'The Idempotency-Key header is not usable', isRetryable: false },
  idempotency_key_reused: { status: 422, title: 'This Idempotency-Key was used with another body', isRetryable: false },
  unauthenticated: { status: 401, title: 'A valid API key is required', isRetryable: false },
  forbidden: { status: 403, title: 'This key may not do that', isRetryable: false },
  not_found: { status: 404, title: 'There is nothing here', isRetryable: false },
  order_not_cancellable: { status: 409, title: 'The order can no longer be cancelled', isRetryable: false },
  print_file_not_ready: { status: 409, title: 'The print file is not made yet', isRetryable: true },
  unavailable: { status: 503, title: 'Something we depend on does not answer', isRetryable: true },
  internal_error: { status: 500, title: 'Something went wrong on our side', isRetryable: true },
} as const

export type ProblemCode = keyof typeof problemCodes
