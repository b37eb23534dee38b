const RESPOND_ASYNC = /(?:^|,)\s*respond-async\s*(?:[;,]|$)/i;

/** Whether the client would rather have a quick 202 than wait for the result (RFC 7240, section 4.1). */
export function prefersAsync(header: string | string[] | undefined): boolean {
  return RESPOND_ASYNC.test([header ?? []].flat().join(','));
}
