import { versionInvariants } from '@app/audit';
import { TRACKED_PRODUCTS } from './product.entity';
import type { Invariant } from '@app/platform';

/** What holds in the catalogue. */
export const PRODUCTS_INVARIANTS: readonly Invariant[] = versionInvariants(TRACKED_PRODUCTS);
