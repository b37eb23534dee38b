import { InvalidArgumentError } from 'commander';

/** Parses an option that is a whole number within bounds. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`Give a whole number from ${grouped(min)} to ${grouped(max)}.`);
    return value;
  };
}

/** Parses the id of an event, a UUID. */
export function eventId(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    throw new InvalidArgumentError('Give an id from the list, such as 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11.');
  return text.toLowerCase();
}

/** Parses an option in seconds, fractions allowed. */
export function seconds(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d*\.?\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`Give seconds from ${min} to ${grouped(max)}, such as 0.05.`);
    return value;
  };
}

/** Parses the address of an API; a trailing slash does not matter. */
export function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('Give an address such as http://localhost:8000.');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** 12345 → 12,345. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
