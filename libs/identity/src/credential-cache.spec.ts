import { CHECKED_FOR_MS, CredentialCache, CREDENTIALS_MAX } from './credential-cache';

const LATER = Date.now() + 60_000;

describe('what is remembered of credentials', () => {
  it('is good for less than five seconds after the database was asked', () => {
    const cache = new CredentialCache<string>();
    cache.set('token', 'Ada', 1000, LATER);
    expect([cache.get('token', 1000 + CHECKED_FOR_MS - 1), cache.get('token', 1000 + CHECKED_FOR_MS)]).toEqual([
      'Ada',
      undefined,
    ]);
    expect(CHECKED_FOR_MS).toBeLessThan(5000);
  });

  it('is nothing when the credential has expired meanwhile', () => {
    const cache = new CredentialCache<string>();
    cache.set('token', 'Ada', 1000, Date.now() - 1);
    expect(cache.get('token', 1001)).toBeUndefined();
  });

  it('has room for so many, and forgets the one that came first', () => {
    const cache = new CredentialCache<number>();
    for (let index = 0; index <= CREDENTIALS_MAX; index++) cache.set(`token ${index}`, index, 0, LATER);
    expect([
      cache.size,
      cache.get('token 0', 1),
      cache.get('token 1', 1),
      cache.get(`token ${CREDENTIALS_MAX}`, 1),
    ]).toEqual([CREDENTIALS_MAX, undefined, 1, CREDENTIALS_MAX]);
  });
});
