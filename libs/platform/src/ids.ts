import { v7 } from 'uuid';

/** A UUIDv7 (RFC 9562): ids made later sort later, so that index pages fill from one end. */
export const newId: () => string = v7;
