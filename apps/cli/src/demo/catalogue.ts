import { createHash } from 'node:crypto';
import type { NewStockedProduct } from '@app/inventory';
import { CATEGORIES, type Category } from './catalogue-words';

/** The first products always have this many units: examples and load tests order them a thousand times over. */
const PLENTY = 25_000;
const PLENTIFUL_PRODUCTS = 3;
/** One product in so many has none left, or less than its threshold. */
const OUT_OF_STOCK_EVERY = 17;
const LOW_EVERY = 13;

/**
 * Product number `index` (from 0) of the demo catalogue: always the same one, and no two with the same name or SKU. Neighbours
 * are of different categories and brands. When every combination was used the next generation begins, so there is no last one.
 */
export function demoProduct(index: number): NewStockedProduct {
  const shift = index % CATEGORIES.length;
  const category = CATEGORIES[shift]!;
  const { article, brand, variant, generation } = combination(category, shift, Math.floor(index / CATEGORIES.length));
  const [articleCode, articleName, priceMin, priceMax, purpose] = article;
  const [variantCode, variantName, priceFactor = 1] = variant;
  const line = `${category.code}-${articleCode}-${codeOf(brand, category)}`;
  const sku = `${line}-${variantCode}${generation > 1 ? `-G${generation}` : ''}`;
  const name = `${brand} ${articleName}${generation > 1 ? ` Gen ${generation}` : ''}, ${variantName}`;
  // Colours of one article cost the same, so the price depends on the brand and not on the SKU.
  const price = (priceMin + chance(`price ${line}`) * (priceMax - priceMin)) * priceFactor;
  return {
    sku,
    name,
    description: `${purpose} By ${brand}.`,
    priceMinor: shopPrice(price),
    ...stockOf(index, sku, price),
  };
}

/** Mixed-radix digits of `n`, each shifted by what is known before it: still a different combination for each n. */
function combination({ articles, brands, variants }: Category, shift: number, n: number) {
  const article = n % articles.length;
  const afterArticle = Math.floor(n / articles.length);
  const afterBrand = Math.floor(afterArticle / brands.length);
  const brand = (afterArticle + article * 3 + shift * 7) % brands.length;
  const variant = (afterBrand + article + brand * 5 + shift) % variants.length;
  return {
    article: articles[article]!,
    brand: brands[brand]!,
    variant: variants[variant]!,
    generation: Math.floor(afterBrand / variants.length) + 1,
  };
}

function stockOf(index: number, sku: string, price: number) {
  if (index < PLENTIFUL_PRODUCTS) return { initialStock: PLENTY, minimumThreshold: 500, maximumCapacity: PLENTY * 4 };
  const minimumThreshold = price > 200 ? 10 : 25;
  const maximumCapacity = price > 200 ? 500 : 2000;
  const usual = Math.round(minimumThreshold * 3 + chance(`stock ${sku}`) * (maximumCapacity / 2));
  const low = 1 + Math.floor(chance(`low ${sku}`) * minimumThreshold);
  const isOut = index % OUT_OF_STOCK_EVERY === OUT_OF_STOCK_EVERY - 6;
  const isLow = index % LOW_EVERY === LOW_EVERY - 6;
  return { initialStock: isOut ? 0 : isLow ? low : usual, minimumThreshold, maximumCapacity };
}

/** 12.34 → 11.99, 148.20 → 148.95, in minor units: nobody sells at 148.20. */
function shopPrice(price: number): number {
  const whole = Math.max(1, Math.round(price));
  return whole < 100 ? whole * 100 - 1 : whole * 100 - 5;
}

/** Three letters; brands of one category differ in theirs. */
function codeOf(brand: string, { brands }: Category): string {
  const letters = brand.replaceAll(/[^A-Za-z]/g, '').toUpperCase();
  const code = letters.slice(0, 3);
  const clashes = brands.some(
    (other) =>
      other !== brand &&
      other
        .replaceAll(/[^A-Za-z]/g, '')
        .toUpperCase()
        .startsWith(code),
  );
  return clashes ? `${letters.slice(0, 2)}${letters.at(-1)}` : code;
}

/** A number in [0, 1) that depends on nothing but the text. */
function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
