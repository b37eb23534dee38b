import type { ResponseObject } from './document';

/** Answers that are the same wherever they come from, each with its name in `components.responses`. */
const SHARED: Record<string, string> = {
  401: 'CredentialNeeded',
  413: 'BodyTooLarge',
  415: 'BodyNotJson',
  429: 'TooManyRequests',
  503: 'Unavailable',
};

/** Describes answers that are the same for all operations once, in `components.responses`. */
export class SharedResponses {
  readonly components: Record<string, ResponseObject> = {};

  /** A reference to the answer in the place of each that is the same; those that differ stay as they are. */
  share(responses: Record<string, ResponseObject>): void {
    for (const [status, name] of Object.entries(SHARED)) {
      const response = responses[status];
      if (!response) continue;
      this.components[name] ??= structuredClone(response);
      if (isSame(response, this.components[name])) responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
}

/** Where a request was made differs in every example. */
function isSame(left: ResponseObject, right: ResponseObject): boolean {
  const withoutPlace = (response: ResponseObject) =>
    JSON.stringify(response, (key, value: unknown) => (key === 'instance' ? undefined : value));
  return withoutPlace(left) === withoutPlace(right);
}
