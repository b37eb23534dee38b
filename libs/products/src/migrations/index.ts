import type { ContextMigrations } from '@app/platform';
import { Products1763600000000 } from './1763600000000-products';
import { FoldedText1764220000000 } from './1764220000000-folded-text';
import { SearchInAnyLetters1764220100000 } from './1764220100000-search-in-any-letters';
import { ProductsByUpdate1764240000000 } from './1764240000000-products-by-update';
import { ProductsByActor1764440100000 } from './1764440100000-products-by-actor';

export const PRODUCTS_MIGRATIONS: ContextMigrations = {
  context: 'products',
  migrations: [
    Products1763600000000,
    FoldedText1764220000000,
    SearchInAnyLetters1764220100000,
    ProductsByUpdate1764240000000,
    ProductsByActor1764440100000,
  ],
};
