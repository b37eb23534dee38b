import { v7 } from 'uuid';
import { z } from 'zod';

/** A UUIDv7 (RFC 9562): ids made later sort later, so that index pages fill from one end. */
export const newId = (): string => v7();

/** A UUIDv7 that sorts as if it had been made at a time that is past. */
export const newIdOf = (time: Date): string => v7({ msecs: time.getTime() });

const uuid = z.uuid();

/** Whether a text is a UUID, by the same rule as the ids in paths and bodies, in letters of either case. */
export const isUuid = (text: string): boolean => uuid.safeParse(text).success;
