/** Minor units as a decimal string: 9999 → "99.99". Sums are bigint: a thousand large orders pass what a number holds exactly. */
export function toDecimal(minor: number | bigint): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A decimal string with up to two places as minor units: "99.9" → 9990. Exact: no float is involved. */
export function toMinor(decimal: string): number {
  const [whole, fraction = ''] = decimal.split('.');
  return Number(`${whole}${fraction.padEnd(2, '0')}`);
}
