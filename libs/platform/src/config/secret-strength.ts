const LENGTH_MIN = 32;
const DISTINCT_MIN = 10;
/** What people leave in place, or type instead of a random secret. */
const PLACEHOLDER =
  /change.?me|replace.?me|your.?secret|secret.?key|placeholder|example|insecure|development|password|123456|qwerty/i;

/** Why a secret can be guessed, as it stands behind its name; undefined when nothing speaks against it. */
export function whatIsWeak(secret: string): string | undefined {
  if (secret.length < LENGTH_MIN) return `must have at least ${LENGTH_MIN} characters in production`;
  if (new Set(secret).size < DISTINCT_MIN)
    return `must have at least ${DISTINCT_MIN} different characters in production`;
  const [word] = PLACEHOLDER.exec(secret) ?? [];
  return word === undefined ? undefined : `must not contain "${word}" in production`;
}
