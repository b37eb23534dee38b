import { z } from 'zod';

/** The id of an order in a path. */
export const orderIdParam = z.uuid('Must be a UUID.').meta({ example: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11' });
