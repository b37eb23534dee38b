/** The roles, the least one first: here, since the settings name them. What each may do is in libs/identity. */
export const ROLE_NAMES = ['customer', 'viewer', 'operator', 'warehouse', 'manager', 'admin'] as const;
export type RoleName = (typeof ROLE_NAMES)[number];

/** Stands for every value, and for none at all. */
export const ANY_VALUE = '*';

/** A value of the claim, and the role that it gives. The first one of a list that fits decides. */
export interface RoleOfValue {
  value: string;
  role: RoleName;
}

/** An issuer of OpenID Connect whose tokens are accepted beside our own. */
export interface ForeignIssuer {
  issuer: string;
  audience: string;
  /** Name of the claim, or its path with dots. */
  roleClaim: string;
  roles: readonly RoleOfValue[];
}

/** `shop-admins:admin,*:customer`; undefined when a part of it is no such pair. Values may have colons, and no commas. */
export function roleMappingOf(list: string): RoleOfValue[] | undefined {
  const pairs = list.split(',').map((pair): RoleOfValue | undefined => {
    const colon = pair.lastIndexOf(':');
    const [value, name] = [pair.slice(0, Math.max(0, colon)).trim(), pair.slice(colon + 1).trim()];
    const role = ROLE_NAMES.find((known) => known === name);
    return role && value ? { value, role } : undefined;
  });
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

/** An https address without query and fragment, as the issuer says it of itself; http on this machine only. */
export function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && isLocal)) && !search && !hash && !username;
}
