import { Duration } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  CfnDistribution,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  type IOrigin,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { failedSeconds, missingSeconds } from '#contracts/published/cache-rules.ts'
import { tagHeader } from '#contracts/published/cache-tags.ts'
import { publicRoot, shortAddresses } from '#contracts/published/document-paths.ts'
import { documentHeaders, staticPageHeaders } from './edge/answer-headers.ts'
import { edgeFunctionCode } from './edge/function-code.ts'
import { names } from './names.ts'
import type { Settings } from './settings.ts'

/**
 * What says that a bucket is not well. Never 404: what the first bucket does not have is not there. CloudFront may list, so that S3 says 403
 * only of a bucket whose rules somebody broke.
 */
const failures = [403, 500, 502, 503, 504]

/**
 * How long a bucket may be silent: 2 s until it is connected, 2 s until it answers, 10 s until it has answered. Who waits longer than a
 * moment has gone: a button gives up after two tries of 1.5 s, and what the other bucket says must be there by then. CloudFront waits 30 s
 * for an answer unless it is told otherwise, and would refuse less for the whole than for the first.
 */
const connectionSeconds = 2
const answerSeconds = 2
const wholeAnswerSeconds = 10

/** The CDN: every read of every visitor, out of two buckets in two regions, with no process of ours in the way. */
export class ReadDistribution extends Construct {
  readonly distribution: Distribution

  constructor(scope: Construct, id: string, { settings, documents }: { settings: Settings; documents: IBucket }) {
    super(scope, id)
    const { domain, certificateArn } = settings
    const common = this.#common(this.#origins(settings, documents))
    const ofDocuments = { ...common, responseHeadersPolicy: documentHeaders(this) }
    const ofPages = { ...common, responseHeadersPolicy: staticPageHeaders(this) }
    this.distribution = new Distribution(this, 'distribution', {
      comment: `Printcloud ${settings.stage}: published documents`,
      defaultBehavior: ofDocuments,
      additionalBehaviors: {
        [`${publicRoot}pages/*`]: ofPages,
        '/public/*': ofDocuments,
        ...Object.fromEntries(
          Object.entries(shortAddresses).map(([path, to]) => [path, to.endsWith('.html') ? ofPages : ofDocuments]),
        ),
        // releasedButton, in CloudFront's words: the function decides what of it is one.
        '/v*.*.*/button.js': ofDocuments,
      },
      errorResponses: [
        { httpStatus: 404, ttl: Duration.seconds(missingSeconds) },
        ...failures.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(failedSeconds) })),
      ],
      ...(domain !== undefined && certificateArn !== undefined
        ? {
            domainNames: [`cdn.${domain}`],
            certificate: Certificate.fromCertificateArn(this, 'certificate', certificateArn),
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          }
        : {}),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
    })
    this.#addWhatHasNoWord()
  }

  /** Properties of CloudFront that the construct has no word for yet. */
  #addWhatHasNoWord(): void {
    const { defaultChild } = this.distribution.node
    if (!(defaultChild instanceof CfnDistribution)) throw new Error('The distribution is made of something else')
    defaultChild.addPropertyOverride('DistributionConfig.CacheTagConfig.HeaderName', tagHeader)
    for (const index of [0, 1]) {
      const timeout = `DistributionConfig.Origins.${index}.S3OriginConfig.OriginReadTimeout`
      defaultChild.addPropertyOverride(timeout, answerSeconds)
    }
  }

  #origins(settings: Settings, documents: IBucket): IOrigin {
    const standby = Bucket.fromBucketAttributes(this, 'standby-documents', {
      bucketName: names.bucket(settings, 'documents', settings.standbyRegion),
      region: settings.standbyRegion,
    })
    const origin = (bucket: IBucket, connectionAttempts: number): IOrigin =>
      S3BucketOrigin.withOriginAccessControl(bucket, {
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
        connectionAttempts,
        connectionTimeout: Duration.seconds(connectionSeconds),
        responseCompletionTimeout: Duration.seconds(wholeAnswerSeconds),
      })
    return new OriginGroup({
      // The other bucket is its second try.
      primaryOrigin: origin(documents, 1),
      fallbackOrigin: origin(standby, 2),
      fallbackStatusCodes: failures,
    })
  }

  #common(origin: IOrigin): BehaviorOptions {
    return {
      origin,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Documents lie there packed already, with Brotli at its best; the function asks for the right one.
      compress: false,
      cachePolicy: new CachePolicy(this, 'as-documents-say', {
        comment: 'What the documents say of themselves; five seconds where they say nothing',
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(missingSeconds),
        maxTtl: Duration.days(365),
        cookieBehavior: CacheCookieBehavior.none(),
        headerBehavior: CacheHeaderBehavior.none(),
        queryStringBehavior: CacheQueryStringBehavior.none(),
        enableAcceptEncodingBrotli: false,
        enableAcceptEncodingGzip: false,
      }),
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new EdgeFunction(this, 'variants', {
            comment: 'Which packed form or picture format a caller gets',
            code: FunctionCode.fromInline(edgeFunctionCode()),
            runtime: FunctionRuntime.JS_2_0,
          }),
        },
      ],
    }
  }
}
