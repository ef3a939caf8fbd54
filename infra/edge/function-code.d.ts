/** CloudFront refuses more (docs.aws.amazon.com, "Restrictions on CloudFront Functions"). */
export declare const mostFunctionBytes = 10240
/** The text of the function at the edge: handler.ts with the contracts that it calls, in one piece. */
export declare function edgeFunctionCode(): string
