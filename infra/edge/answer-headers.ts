import { Duration } from 'aws-cdk-lib'
import {
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseHeadersPolicyProps,
} from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import { tagHeader } from '#contracts/published/cache-tags.ts'
import { pageHeaders, preflightHeaders, publicHeaders } from '#contracts/published/edge-headers.ts'

const words = (list: string): string[] => list.split(',').map((each) => each.trim())

/** What CloudFront says with every answer, and does not say of our storage. */
const common: ResponseHeadersPolicyProps = {
  corsBehavior: {
    accessControlAllowOrigins: [publicHeaders['access-control-allow-origin']],
    accessControlExposeHeaders: words(publicHeaders['access-control-expose-headers']),
    accessControlAllowMethods: words(preflightHeaders['access-control-allow-methods']),
    accessControlAllowHeaders: words(preflightHeaders['access-control-allow-headers']),
    accessControlMaxAge: Duration.seconds(Number(preflightHeaders['access-control-max-age'])),
    accessControlAllowCredentials: false,
    originOverride: true,
  },
  customHeadersBehavior: {
    customHeaders: [
      // Caches behind this one see one address with several answers.
      { header: 'Vary', value: 'Accept, Accept-Encoding', override: true },
      {
        header: 'Cross-Origin-Resource-Policy',
        value: publicHeaders['cross-origin-resource-policy'],
        override: true,
      },
    ],
  },
  removeHeaders: [tagHeader, 'x-amz-version-id', 'x-amz-server-side-encryption'],
}

const security = {
  contentTypeOptions: { override: true },
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
}

/** With documents and pictures: any page may read and show them. */
export const documentHeaders = (scope: Construct): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, 'document-headers', {
    ...common,
    comment: 'Published documents: any page may read them',
    securityHeadersBehavior: security,
  })

/** With our own static pages: they run their own files and are in nobody's frame. */
export const staticPageHeaders = (scope: Construct): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, 'page-headers', {
    ...common,
    comment: 'Static pages: status and preview',
    securityHeadersBehavior: {
      ...security,
      contentSecurityPolicy: { contentSecurityPolicy: pageHeaders['content-security-policy'], override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    },
  })
