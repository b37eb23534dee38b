const PRODUCTS = 5;

/** Gives the ids of new products, each with so many units. */
export async function addProducts(api: string, units: number): Promise<number[]> {
  const ids: number[] = [];
  for (let number = 1; number <= PRODUCTS; number++) {
    const body = { name: `Product ${number}`, sku: `CHAOS-${number}`, price: `${number}.99`, initial_stock: units };
    const answer = await fetch(`${api}/api/v1/products/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, maximum_capacity: units }),
    });
    if (answer.status !== 201) throw new Error(`A product could not be added: ${await answer.text()}`);
    ids.push(((await answer.json()) as { id: number }).id);
  }
  return ids;
}
