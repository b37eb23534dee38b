// Generated from docs/openapi.json by npm run generate. Do not edit.

export interface paths {
  '/api/v1/orders/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List orders
     * @description Newest first unless `ordering` says otherwise.
     *
     *     Needs the permission `orders:read`, or `orders:own` for your own orders.
     */
    get: operations['orders_list'];
    put?: never;
    /**
     * Place an order
     * @description Reserves the stock of all lines, or of none. Send an Idempotency-Key to be able to repeat the request safely: the same key and body give the stored reply.
     *
     *     Needs the permission `orders:write`, or `orders:own` for your own orders.
     */
    post: operations['orders_place'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/{order_id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One order with its lines and the history of its status
     * @description With `as_of`, the order as it was at that time.
     *
     *     Needs the permission `orders:read`, or `orders:own` for your own orders.
     */
    get: operations['orders_detail'];
    put?: never;
    post?: never;
    /**
     * Cancel an order, as a deletion
     * @description The same as cancelling it, without a reason. Nothing is deleted: it stays readable with its history.
     *
     *     Needs the permission `orders:write`, or `orders:own` for your own orders.
     */
    delete: operations['orders_remove'];
    options?: never;
    head?: never;
    /**
     * Change an order that is not final
     * @description With If-Match, only the version that you have read.
     *
     *     Needs the permission `orders:write`, or `orders:own` for your own orders.
     */
    patch: operations['orders_amend'];
    trace?: never;
  };
  '/api/v1/orders/{order_id}/cancel/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel an order
     * @description Possible until it is shipped. Its stock is available again at once, and once only. With If-Match, only the version that you have read.
     *
     *     Needs the permission `orders:write`, or `orders:own` for your own orders.
     */
    post: operations['orders_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/{order_id}/history/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The history of an order
     * @description Every version, newest first, with what changed field by field, who changed it and why.
     *
     *     Needs the permission `orders:read`, or `orders:own` for your own orders.
     */
    get: operations['orderHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/{order_id}/status/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Where an order is
     * @description Costs less than reading the whole order: made for asking often.
     *
     *     Needs the permission `orders:read`, or `orders:own` for your own orders.
     */
    get: operations['orderHistory_status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/batches/{batch_id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The progress of a bulk request
     * @description How far it is, and what became of each of its orders: in request order, a page at a time.
     *
     *     Needs the permission `orders:read`, or `orders:own` for your own orders.
     */
    get: operations['orderBatches_detail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/bulk_create/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Place many orders at once
     * @description Up to 1000 orders are placed in one transaction and answered with 201. Each order gets all its lines or none, on what the orders before it left.
     *
     *     With `reject_all`, one order that cannot be placed rejects all; with `reject_failed` only it is missing, and only when none is left is the request rejected. A rejected request is a 400 when an order can never be placed as it is, a 409 when stock is short or an order exists; `errors` names up to 100 fields such as `orders[17].items[0].quantity`, and the batch `batch_id` keeps the result of every order.
     *
     *     An order that does not match the schema (a product twice, a wrong e-mail address, too many items) is one that can never be placed: with `reject_failed` its result names the fields (20 of one order, 10,000 of all, one of each at least) and the others go on. With `reject_all`, and when what is around the orders is wrong, or the body can not be read as JSON within its bounds, the request is a 400 as a whole, with its first 100 problems; there is no batch then.
     *
     *     The result of a duplicate names the order that exists already, `order_id`.
     *
     *     With `Prefer: respond-async`, or more than 1000 orders, the answer is 202 and a worker places them: follow Location for the progress. A batch of `reject_failed` is placed in chunks, one of `reject_all` in one transaction.
     *
     *     Whoever may touch only own orders (`orders:own`) sends at most 100 of them with one request.
     *
     *     A dry run decides everything on the stock of this moment and writes nothing; the ids in its answer are of no orders.
     *
     *     Needs the permission `orders:write`, or `orders:own` for your own orders.
     */
    post: operations['orderBatches_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/statistics/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Figures of all orders
     * @description Always those of the tables, at the same cost at any size.
     *
     *     Needs the permission `orders:read`.
     */
    get: operations['orderStatistics_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/orders/stream/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Watch orders
     * @description Changes of status as they happen, as Server-Sent Events. An endless answer, for which "Execute" would wait: try it with `curl -N http://localhost:8000/api/v1/orders/stream/`, or `new EventSource(url)` in a browser. Each event `status` has the order, its status before and now, and its version, which never goes back. Send the last `id` as `Last-Event-ID` to get everything that happened since, once and in order, and then what happens next; browsers do so by themselves. Without it, the stream begins now. Events are kept for `OUTBOX_RETENTION_HOURS`. The event `reset` says that some before it may be missing: `expired`, or `unknown` when the id is of another database, or `too_many` when more than 50,000 events happened since. Read the orders then, and go on. A comment every 15 s shows that the stream is alive. A reader that does not keep up is disconnected, and goes on from its last id.
     *
     *     Needs the permission `orders:read`, or `orders:own` for your own orders.
     */
    get: operations['orderStream'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/products/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List products
     * @description With their stock. Newest first unless `ordering` says otherwise.
     *
     *     Needs the permission `products:read`.
     */
    get: operations['products_list'];
    put?: never;
    /**
     * Add a product
     * @description Its stock level is created with it. A SKU is taken once: choose another one to add another product.
     *
     *     Needs the permission `products:write`.
     */
    post: operations['products_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/products/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a product
     * @description With its stock. The ETag is its version.
     *
     *     Needs the permission `products:read`.
     */
    get: operations['products_detail'];
    put?: never;
    post?: never;
    /**
     * Take a product off sale
     * @description It stays readable, and orders that have it stay as they are. Doing it again changes nothing.
     *
     *     Needs the permission `products:write`.
     */
    delete: operations['products_deactivate'];
    options?: never;
    head?: never;
    /**
     * Change a product
     * @description With If-Match, only the version that you have read. Orders keep the name and price that they froze.
     *
     *     Needs the permission `products:write`.
     */
    patch: operations['products_revise'];
    trace?: never;
  };
  '/api/v1/products/{id}/history/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The history of a product
     * @description Every version, newest first, with what changed field by field, who changed it and why. A new minimum threshold or maximum capacity is one of these changes.
     *
     *     Needs the permission `products:read`.
     */
    get: operations['productReports_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/products/{id}/stock_history/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The stock history of a product
     * @description The ledger of its stock, newest first. The same as its transactions in the inventory.
     *
     *     Needs the permission `inventory:read`.
     */
    get: operations['productReports_stockHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/products/low_stock/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List products that run low
     * @description Where available_stock is at or below the minimum threshold, by id.
     *
     *     Needs the permission `products:read`.
     */
    get: operations['productReports_lowStock'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inventory/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List stock levels
     * @description By product id unless `ordering` says otherwise. Filters combine.
     *
     *     Needs the permission `inventory:read`.
     */
    get: operations['inventory_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inventory/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a stock level
     * @description What is on hand, held and available of one product.
     *
     *     Needs the permission `inventory:read`.
     */
    get: operations['inventory_detail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inventory/{id}/adjust/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Adjust stock
     * @description `add` receives goods, `remove` takes them out, `set` is a count, `damage` writes off. Never below what open orders reserve, never above the maximum capacity. Send an Idempotency-Key to be able to repeat it: two deliveries of 5 are told from one that was sent twice.
     *
     *     Needs the permission `inventory:write`.
     */
    post: operations['inventory_adjust'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inventory/{id}/transactions/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the movements of a product
     * @description The ledger of its stock, newest first.
     *
     *     Needs the permission `inventory:read`.
     */
    get: operations['inventory_transactions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inventory/reconcile/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Compare stock with its ledger
     * @description Changes nothing unless `dry_run` is false: then levels that differ become what the ledger says.
     *
     *     Needs the permission `inventory:write`.
     */
    post: operations['inventory_reconcile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inventory/summary/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Figures of all stock
     * @description How many products are healthy, low or out of stock: three classes that add up to the total.
     *
     *     Needs the permission `inventory:read`.
     */
    get: operations['inventory_summary'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/metrics/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Figures of all orders
     * @description Those of the tables at `last_updated`.
     *
     *     Needs the permission `orders:read`.
     */
    get: operations['simpleMetrics_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List orders, the short way
     * @description All of them, newest first.
     *
     *     Needs the permission `orders:read`, or `orders:own` for your own orders.
     */
    get: operations['simpleOrders_list'];
    put?: never;
    /**
     * Place an order, the short way
     * @description One unit of each item. What the order costs is what the catalogue says; `declared_total` repeats your figure when it differs.
     *
     *     Needs the permission `orders:write`, or `orders:own` for your own orders.
     */
    post: operations['simpleOrders_place'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders/{order_id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an order, the short way
     * @description As the answer of placing it, with its state now.
     *
     *     Needs the permission `orders:read`, or `orders:own` for your own orders.
     */
    get: operations['simpleOrders_detail'];
    put?: never;
    post?: never;
    /**
     * Cancel an order, the short way
     * @description It stays readable, as CANCELLED. Possible until it is shipped; its stock is available again.
     *
     *     Needs the permission `orders:write`, or `orders:own` for your own orders.
     */
    delete: operations['simpleOrders_cancel'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders/{order_id}/status/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Where an order is, the short way
     * @description One of five words, and when the order was placed.
     *
     *     Needs the permission `orders:read`, or `orders:own` for your own orders.
     */
    get: operations['simpleOrders_status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/jwks.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Public keys of access tokens
     * @description With these, other services can verify access tokens (RFC 7517).
     */
    get: operations['jwks_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/api-keys/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List your API keys
     * @description The newest first, all on one page: there are 100 at most. None shows the key itself.
     *
     *     Needs the access token of somebody who has logged in.
     */
    get: operations['apiKeys_list'];
    put?: never;
    /**
     * Make an API key
     * @description For a program, with some of your permissions. The key is in this answer and nowhere else; with an `Idempotency-Key`, whose reply is kept encrypted, also in the answer to the same request again.
     *
     *     Needs the access token of somebody who has logged in.
     */
    post: operations['apiKeys_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/api-keys/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Revoke an API key
     * @description It is refused within 5 seconds, and does not come back.
     *
     *     Needs the access token of somebody who has logged in.
     */
    delete: operations['apiKeys_revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/login/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log in
     * @description Gives an access token for 15 minutes and a refresh token for 30 days. After five wrong passwords for an account, the address that they came from has to wait, longer each time; others do not.
     */
    post: operations['auth_login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/logout/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log out
     * @description Ends the session of the refresh token; its access tokens are refused within 5 seconds.
     */
    post: operations['auth_logout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/me/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who am I?
     * @description Whom the credential stands for, and what it may do.
     */
    get: operations['auth_me'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/password/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change your password
     * @description Ends your other sessions.
     *
     *     Needs the access token of somebody who has logged in.
     */
    post: operations['auth_password'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/refresh/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Get the next tokens
     * @description A refresh token is good once. One that comes back ends the session with all its tokens: somebody else may have it.
     */
    post: operations['auth_refresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/register/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make an account
     * @description A customer, who is logged in at once.
     */
    post: operations['auth_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List accounts
     * @description The newest first.
     *
     *     Needs the permission `users:read`.
     */
    get: operations['users_list'];
    put?: never;
    /**
     * Make an account with a role
     * @description For people of the team. Customers register.
     *
     *     Needs the permission `users:write`.
     */
    post: operations['users_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an account
     * @description Your own, or any with `users:read`.
     *
     *     Needs the permission `users:read`, except for your own account.
     */
    get: operations['users_detail'];
    put?: never;
    post?: never;
    /**
     * Deactivate an account
     * @description Your own, or any with `users:write`. It stays readable, and is refused within 5 seconds with all its tokens and API keys.
     *
     *     Needs the permission `users:write`, except for your own account.
     */
    delete: operations['users_deactivate'];
    options?: never;
    head?: never;
    /**
     * Change an account
     * @description The e-mail address of your own; the role as well, and whether it can log in, with `users:write`.
     *
     *     Needs the permission `users:write`, except for your own account.
     */
    patch: operations['users_update'];
    trace?: never;
  };
  '/users/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an account, the short way
     * @description Your own, or any with `users:read`.
     *
     *     Needs the permission `users:read`, except for your own account.
     */
    get: operations['simpleUsers_detail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/login/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log in, the short way
     * @description The same as `/api/v1/auth/login/`.
     */
    post: operations['simpleUsers_login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/register/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make an account, the short way
     * @description The same as `/api/v1/auth/register/`.
     */
    post: operations['simpleUsers_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who did what
     * @description What was done to orders, products, stock and accounts, the newest first: by whom, when, and by which request. It goes back as far as versions and security events are kept. A page may have fewer entries than asked for, or none, and a `next` all the same: what one request reads is bounded, and `next` looks further.
     *
     *     Needs the permission `audit:read`.
     */
    get: operations['audit_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulation/products/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the products of the simulation
     * @description By their ids, over all shards. Stores that are not there yet have no rows.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulationProducts_list'];
    put?: never;
    /**
     * Add a product to the simulation
     * @description By the strict rules. It goes into the store that the router has for it.
     *
     *     Needs the permission `simulations:run`.
     */
    post: operations['simulationProducts_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulation/products/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a product of the simulation
     * @description From the store that the router has for it.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulationProducts_detail'];
    put?: never;
    post?: never;
    /**
     * Remove a product from the simulation
     * @description For good, unless an order names it.
     *
     *     Needs the permission `simulations:run`.
     */
    delete: operations['simulationProducts_remove'];
    options?: never;
    head?: never;
    /**
     * Change a product of the simulation
     * @description By the strict rules. What is not given stays as it is.
     *
     *     Needs the permission `simulations:run`.
     */
    patch: operations['simulationProducts_change'];
    trace?: never;
  };
  '/api/v1/simulation/users/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the users of the simulation
     * @description By their ids, over all shards. Stores that are not there yet have no rows.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulationUsers_list'];
    put?: never;
    /**
     * Add a user to the simulation
     * @description By the strict rules. It goes into the store that the router has for it.
     *
     *     Needs the permission `simulations:run`.
     */
    post: operations['simulationUsers_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulation/users/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a user of the simulation
     * @description From the store that the router has for it.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulationUsers_detail'];
    put?: never;
    post?: never;
    /**
     * Remove a user from the simulation
     * @description For good, unless an order names it.
     *
     *     Needs the permission `simulations:run`.
     */
    delete: operations['simulationUsers_remove'];
    options?: never;
    head?: never;
    /**
     * Change a user of the simulation
     * @description By the strict rules. What is not given stays as it is.
     *
     *     Needs the permission `simulations:run`.
     */
    patch: operations['simulationUsers_change'];
    trace?: never;
  };
  '/api/v1/simulation/orders/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the orders of the simulation
     * @description By their ids, over all shards. Stores that are not there yet have no rows.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulationOrders_list'];
    put?: never;
    /**
     * Add an order to the simulation
     * @description By the strict rules. It goes into the store that the router has for it.
     *
     *     Needs the permission `simulations:run`.
     */
    post: operations['simulationOrders_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulation/orders/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an order of the simulation
     * @description From the store that the router has for it.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulationOrders_detail'];
    put?: never;
    post?: never;
    /**
     * Remove an order from the simulation
     * @description For good.
     *
     *     Needs the permission `simulations:run`.
     */
    delete: operations['simulationOrders_remove'];
    options?: never;
    head?: never;
    /**
     * Change an order of the simulation
     * @description By the strict rules. What is not given stays as it is.
     *
     *     Needs the permission `simulations:run`.
     */
    patch: operations['simulationOrders_change'];
    trace?: never;
  };
  '/api/v1/simulations/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List simulations
     * @description Newest first. The last 100 are kept.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulations_list'];
    put?: never;
    /**
     * Start a simulation
     * @description Inserts the thirty built-in rows, up to 400 of your own, or up to 10000 that are made, into three databases with so many writers at once. The rows of the simulation before are removed from them first. A worker carries it out, one simulation at a time: follow Location for its progress, and read its report when it is completed. At most 10 wait or are carried out. One whose worker stops is begun again, up to three times; one that takes longer than 15 minutes fails.
     *
     *     Needs the permission `simulations:run`.
     */
    post: operations['simulations_start'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulations/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a simulation
     * @description How far it is; its figures move every half second.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulations_detail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulations/{id}/report/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The report of a simulation
     * @description Every attempt with its thread, its times in milliseconds since the start, and what became of it.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulations_report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulations/{id}/stream/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Watch a simulation
     * @description How far it is, as Server-Sent Events: `progress` whenever its figures or its status change, `end` when it is completed or failed. Each event is the whole simulation, so that nothing is missed by coming back. The stream ends with `end`; who comes back with the id of that event gets 204, which tells a browser to stop. Try it with `curl -N`.
     *
     *     Needs the permission `simulations:run`.
     */
    get: operations['simulations_stream'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Is everything well?
     * @description healthy; degraded: orders are taken but something else is not right; unhealthy: orders cannot be taken.
     */
    get: operations['health'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Is the process alive?
     * @description Touches nothing outside of it: for liveness probes.
     */
    get: operations['health_live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/metrics/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Figures of this machine
     * @description Processor, memory and disk, and this process.
     */
    get: operations['health_machine'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Can it serve?
     * @description Needs Postgres only: for readiness probes.
     */
    get: operations['health_ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Metrics
     * @description In the text format of Prometheus.
     */
    get: operations['health_metrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/dead_letters/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List dead letters
     * @description Jobs that could not be handled, the newest first, each with its reason.
     *
     *     Needs the permission `operations:read`.
     */
    get: operations['deadLetters_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/dead_letters/{id}/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a dead letter
     * @description Why it could not be handled, and what was in it.
     *
     *     Needs the permission `operations:read`.
     */
    get: operations['deadLetters_detail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/dead_letters/{id}/discard/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Discard a dead letter
     * @description Marks it as done without sending it again.
     *
     *     Needs the permission `operations:write`.
     */
    post: operations['deadLetters_discard'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/dead_letters/{id}/replay/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replay a dead letter
     * @description Sends it again. Mend the cause first. It keeps its id, so nothing happens twice.
     *
     *     Needs the permission `operations:write`.
     */
    post: operations['deadLetters_replay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    ApiKeyPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['ApiKey'][];
    };
    ApiKey: {
      /**
       * Format: uuid
       * @description The key.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
       */
      id: string;
      /**
       * @description What it is for.
       * @example web shop
       */
      name: string;
      /**
       * @description How the key begins.
       * @example ofk_a1B2c3D4
       */
      prefix: string;
      /**
       * @description What it may do, as long as its maker may.
       * @example [
       *       "orders:own",
       *       "products:read"
       *     ]
       */
      permissions: (
        | 'orders:read'
        | 'orders:write'
        | 'orders:own'
        | 'products:read'
        | 'products:write'
        | 'inventory:read'
        | 'inventory:write'
        | 'reports:read'
        | 'operations:read'
        | 'operations:write'
        | 'webhooks:write'
        | 'simulations:run'
        | 'users:read'
        | 'users:write'
        | 'audit:read'
      )[];
      /**
       * Format: date-time
       * @description When it stops working; null: never.
       * @example 2026-11-20T10:00:00.000Z
       */
      expires_at: string | null;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description To the minute; null when it was never used.
       * @example 2026-11-20T10:00:00.000Z
       */
      last_used_at: string | null;
    };
    Problem: {
      /**
       * @description A name for the kind of problem; the same for the same `code`.
       * @example urn:order-fulfillment:problem:validation-failed
       */
      type: string;
      /**
       * @description The status in words.
       * @example Bad Request
       */
      title: string;
      /**
       * @description The HTTP status.
       * @example 400
       */
      status: number;
      /**
       * @description What is wrong, for people.
       * @example The request is not valid.
       */
      detail: string;
      /**
       * @description The path that was asked for.
       * @example /api/v1/orders/
       */
      instance: string;
      /**
       * @description Stable; made for programs.
       * @example VALIDATION_FAILED
       */
      code: string;
      /**
       * @description Of this request: it is in the logs as well.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      request_id: string;
      /** @description What is wrong, field by field. */
      errors?: {
        /**
         * @description Which field; a path such as `items[0].quantity`.
         * @example items[0].quantity
         */
        field: string;
        /**
         * @description Stable; made for programs.
         * @example too_small
         */
        code: string;
        /**
         * @description What happened, in a sentence.
         * @example Quantity must be at least 1.
         */
        message: string;
      }[];
      /**
       * Format: uuid
       * @description The order that this is about.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      order_id?: string;
      /**
       * @description The products that this is about.
       * @example [
       *       1
       *     ]
       */
      product_ids?: number[];
      /**
       * Format: uuid
       * @description Of a rejected bulk request: the batch that keeps its results.
       */
      batch_id?: string;
    };
    /**
     * @example {
     *       "name": "web shop",
     *       "permissions": [
     *         "orders:write",
     *         "products:read"
     *       ]
     *     }
     */
    CreateApiKey: {
      /**
       * @description What the key is for.
       * @example web shop
       */
      name: string;
      /** @description Of those that you have. */
      permissions: (
        | 'orders:read'
        | 'orders:write'
        | 'orders:own'
        | 'products:read'
        | 'products:write'
        | 'inventory:read'
        | 'inventory:write'
        | 'reports:read'
        | 'operations:read'
        | 'operations:write'
        | 'webhooks:write'
        | 'simulations:run'
        | 'users:read'
        | 'users:write'
        | 'audit:read'
      )[];
      /**
       * Format: date-time
       * @description When it stops working; not given: never.
       * @example 2030-12-31T00:00:00Z
       */
      expires_at?: string | null;
    };
    CreatedApiKey: {
      /**
       * Format: uuid
       * @description The key.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
       */
      id: string;
      /**
       * @description What it is for.
       * @example web shop
       */
      name: string;
      /**
       * @description How the key begins.
       * @example ofk_a1B2c3D4
       */
      prefix: string;
      /**
       * @description What it may do, as long as its maker may.
       * @example [
       *       "orders:own",
       *       "products:read"
       *     ]
       */
      permissions: (
        | 'orders:read'
        | 'orders:write'
        | 'orders:own'
        | 'products:read'
        | 'products:write'
        | 'inventory:read'
        | 'inventory:write'
        | 'reports:read'
        | 'operations:read'
        | 'operations:write'
        | 'webhooks:write'
        | 'simulations:run'
        | 'users:read'
        | 'users:write'
        | 'audit:read'
      )[];
      /**
       * Format: date-time
       * @description When it stops working; null: never.
       * @example 2026-11-20T10:00:00.000Z
       */
      expires_at: string | null;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description To the minute; null when it was never used.
       * @example 2026-11-20T10:00:00.000Z
       */
      last_used_at: string | null;
      /**
       * @description The key itself, which is shown this once. Send it as `X-API-Key`.
       * @example ofk_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V
       */
      key: string;
    };
    AuditPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['AuditEntry'][];
    };
    AuditEntry: {
      /**
       * Format: date-time
       * @description When it was written.
       * @example 2026-11-20T10:00:00.000Z
       */
      at: string;
      /**
       * @description Who did it: `user:` or `api_key:` with an id, a process by its name, `api` for a request without a credential, `sql:` and a role for a statement by hand. Null when it is not known (any more).
       * @example user:0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
       */
      actor: string | null;
      /**
       * @description The username, or what the key is called; null for all others.
       * @example ada
       */
      actor_name: string | null;
      /**
       * @description What was done.
       * @example updated
       * @enum {string}
       */
      action:
        | 'created'
        | 'updated'
        | 'deleted'
        | 'receive'
        | 'adjust'
        | 'damage'
        | 'login.succeeded'
        | 'login.failed'
        | 'session.ended'
        | 'refresh.reused'
        | 'user.created'
        | 'user.changed'
        | 'role.changed'
        | 'password.changed'
        | 'api_key.created'
        | 'api_key.revoked'
        | 'signing_key.rotated'
        | 'permission.refused'
        | 'foreign_token.accepted';
      /**
       * @description To what kind of thing.
       * @example order
       * @enum {string}
       */
      entity: 'order' | 'product' | 'stock' | 'user';
      /**
       * @description To which one: the order, the product (also of a stock level), the account; null for none of them.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      id: string | null;
      /**
       * @description The request that asked for it; finds its log lines.
       * @example req-4711
       */
      request_id: string | null;
      /**
       * @description Why, if somebody said so.
       * @example null
       */
      reason: string | null;
      /**
       * @description Field by field. Empty when what was before is not kept any more.
       * @example [
       *       {
       *         "field": "notes",
       *         "from": null,
       *         "to": "Leave at the door"
       *       }
       *     ]
       */
      changes: {
        /**
         * @description Name of the field.
         * @example notes
         */
        field: string;
        /** @description Its value before. */
        from: unknown;
        /** @description Its value since. */
        to: unknown;
      }[];
      /**
       * @description What else is known, by the kind of action.
       * @example {
       *       "version": 2
       *     }
       */
      details: {
        [key: string]: unknown;
      };
    };
    /**
     * @example {
     *       "username": "ada",
     *       "password": "correct horse battery",
     *       "email": "ada@example.com"
     *     }
     */
    Register: {
      /**
       * @description Letters are equal whatever their case.
       * @example ada
       */
      username: string;
      /** @description At least 8 characters; a sentence is a good one. */
      password: string;
      /**
       * Format: idn-email
       * @description Where to write to.
       */
      email?: string | null;
    };
    Session: {
      /**
       * @description Send it as `Authorization: Bearer …`.
       * @example eyJhbGciOiJFZERTQSJ9.e30.c2ln
       */
      access: string;
      /**
       * @description Gives the next pair of tokens, once. Used again, it ends the session.
       * @example oft_the-refresh-token-of-the-last-answer
       */
      refresh: string;
      /**
       * @description Seconds until the access token expires.
       * @example 900
       */
      expires_in: number;
      /** @description Who logged in. */
      user: components['schemas']['User'];
    };
    User: {
      /**
       * Format: uuid
       * @description The account.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
       */
      id: string;
      /**
       * @description What is typed to log in.
       * @example ada
       */
      username: string;
      /**
       * @description Where to write to; null when it was not given.
       * @example ada@example.com
       */
      email: string | null;
      /**
       * @description What the account may do.
       * @example customer
       * @enum {string}
       */
      role: 'customer' | 'viewer' | 'operator' | 'warehouse' | 'manager' | 'admin';
      /**
       * @description Whether it can log in.
       * @example true
       */
      is_active: boolean;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When it was changed last.
       * @example 2026-11-20T10:00:00.000Z
       */
      updated_at: string;
    };
    /**
     * @example {
     *       "username": "ada",
     *       "password": "correct horse battery"
     *     }
     */
    Login: {
      /** @description What is typed to log in. */
      username: string;
      /** @description At least 8 characters; a sentence is a good one. */
      password: string;
    };
    /**
     * @example {
     *       "refresh": "oft_the-refresh-token-of-the-last-answer"
     *     }
     */
    Refresh: {
      /** @description The refresh token of the last answer. */
      refresh: string;
    };
    Caller: {
      /**
       * @description What was shown: an access token, an API key, or a token of a foreign issuer.
       * @example user
       * @enum {string}
       */
      kind: 'user' | 'api_key' | 'foreign_user';
      /**
       * Format: uuid
       * @description The account, or the key.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
       */
      id: string;
      /** @description The account; null for a user of a foreign issuer. */
      user: components['schemas']['User'] | null;
      /**
       * @description What this credential may do now.
       * @example [
       *       "orders:own",
       *       "products:read"
       *     ]
       */
      permissions: (
        | 'orders:read'
        | 'orders:write'
        | 'orders:own'
        | 'products:read'
        | 'products:write'
        | 'inventory:read'
        | 'inventory:write'
        | 'reports:read'
        | 'operations:read'
        | 'operations:write'
        | 'webhooks:write'
        | 'simulations:run'
        | 'users:read'
        | 'users:write'
        | 'audit:read'
      )[];
    };
    /**
     * @example {
     *       "current_password": "correct horse battery",
     *       "new_password": "another long sentence"
     *     }
     */
    ChangePassword: {
      /** @description The one that is valid now. */
      current_password: string;
      /** @description The one to use from now on. */
      new_password: string;
    };
    DeadLetterPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['DeadLetter'][];
    };
    DeadLetter: {
      /**
       * Format: uuid
       * @description The id of the event.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31
       */
      id: string;
      /**
       * @description The queue that the job was in.
       * @example fulfillment
       */
      queue: string;
      /**
       * @description The type of its event.
       * @example order.placed.v9
       */
      type: string;
      /**
       * @description The error that it ended with; stable, made for programs.
       * @example JOB_UNREADABLE
       */
      code: string;
      /**
       * @description Why it could not be handled.
       * @example No consumer knows order.placed.v9.
       */
      reason: string;
      /**
       * @description How often it was tried.
       * @example 1
       */
      attempts: number;
      /**
       * Format: date-time
       * @description When it was given up.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When somebody decided about it; null before.
       * @example null
       */
      resolved_at: string | null;
      /**
       * @description What was decided; null before.
       * @example null
       */
      resolution: ('replayed' | 'discarded') | null;
      /**
       * @description Who decided about it; null before, and when a version resolved it that did not write it down.
       * @example null
       */
      resolved_by: string | null;
      /**
       * @description What was in the job.
       * @example {
       *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31",
       *       "type": "order.placed.v9",
       *       "occurred_at": "2026-11-20T10:00:00.000Z",
       *       "aggregate_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
       *       "aggregate_version": 1,
       *       "correlation_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c21",
       *       "payload": {}
       *     }
       */
      envelope: unknown;
    };
    Jwks: {
      /** @description The newest first; tokens of each of them are accepted. */
      keys: {
        /**
         * @description The kind of the key.
         * @example OKP
         */
        kty: string;
        /**
         * @description Its curve.
         * @example Ed25519
         */
        crv?: string;
        /**
         * @description Its public part.
         * @example 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo
         */
        x?: string;
        /**
         * @description What tokens call it.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca2
         */
        kid: string;
        /**
         * @description What it signs with.
         * @example EdDSA
         */
        alg: string;
        /**
         * @description It signs.
         * @example sig
         */
        use: string;
      }[];
    };
    /**
     * @example {
     *       "username": "grace",
     *       "password": "correct horse battery"
     *     }
     */
    RegisterSimply: {
      /**
       * @description Letters are equal whatever their case.
       * @example ada
       */
      username: string;
      /** @description At least 8 characters; a sentence is a good one. */
      password: string;
      /**
       * Format: idn-email
       * @description Where to write to.
       */
      email?: string | null;
    };
    /**
     * @example {
     *       "username": "grace",
     *       "password": "correct horse battery"
     *     }
     */
    LoginSimply: {
      /** @description What is typed to log in. */
      username: string;
      /** @description At least 8 characters; a sentence is a good one. */
      password: string;
    };
    UserPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['User'][];
    };
    /**
     * @example {
     *       "username": "linus",
     *       "password": "correct horse battery",
     *       "role": "operator"
     *     }
     */
    CreateUser: {
      /**
       * @description Letters are equal whatever their case.
       * @example ada
       */
      username: string;
      /** @description At least 8 characters; a sentence is a good one. */
      password: string;
      /**
       * Format: idn-email
       * @description Where to write to.
       */
      email?: string | null;
      /**
       * @description What the account may do.
       * @example operator
       * @enum {string}
       */
      role: 'customer' | 'viewer' | 'operator' | 'warehouse' | 'manager' | 'admin';
    };
    /**
     * @example {
     *       "role": "manager"
     *     }
     */
    UpdateUser: {
      /**
       * Format: idn-email
       * @description Where to write to.
       */
      email?: string | null;
      /**
       * @description What the account may do.
       * @example operator
       * @enum {string}
       */
      role?: 'customer' | 'viewer' | 'operator' | 'warehouse' | 'manager' | 'admin';
      /** @description False deactivates the account. */
      is_active?: boolean;
    };
    OrderStatistics: {
      /**
       * @description Orders in all.
       * @example 12
       */
      total_orders: number;
      /** @description How many orders have each status. */
      status_breakdown: {
        /**
         * @description Orders that wait for their turn.
         * @example 12
         */
        pending: number;
        /**
         * @description Orders that are worked on.
         * @example 12
         */
        processing: number;
        /**
         * @description Orders that are on their way.
         * @example 12
         */
        shipped: number;
        /**
         * @description Orders that arrived.
         * @example 12
         */
        delivered: number;
        /**
         * @description Orders that were given up.
         * @example 12
         */
        cancelled: number;
        /**
         * @description Orders that could not be done.
         * @example 12
         */
        failed: number;
      };
      /**
       * @description Past the deadline of their status, and not waiting for their turn.
       * @example 12
       */
      stale_orders: number;
      /**
       * @description Orders placed in the last 24 hours.
       * @example 12
       */
      recent_orders_24h: number;
      /**
       * @description Delivered orders in percent of all.
       * @example 91.7
       */
      completion_rate: number;
      /**
       * @description From placed to delivered.
       * @example 8.4
       */
      average_processing_seconds: number | null;
      /**
       * @description Orders of the last 24 hours, not cancelled or failed.
       * @example 1234.50
       */
      revenue_24h: string;
    };
    /**
     * @example {
     *       "orders": [
     *         {
     *           "customer_name": "Customer 1",
     *           "customer_email": "customer1@example.com",
     *           "items": [
     *             {
     *               "product_id": 1,
     *               "quantity": 1
     *             }
     *           ]
     *         },
     *         {
     *           "customer_name": "Customer 2",
     *           "customer_email": "customer2@example.com",
     *           "items": [
     *             {
     *               "product_id": 2,
     *               "quantity": 2
     *             }
     *           ]
     *         }
     *       ]
     *     }
     */
    BulkCreate: {
      /** @description The orders to place, as they are placed one by one. */
      orders: components['schemas']['PlaceOrder'][];
      /**
       * @description `reject_all`: all orders or none. `reject_failed`: those that can be placed.
       * @default reject_all
       * @enum {string}
       */
      error_policy?: 'reject_all' | 'reject_failed';
      /**
       * @description Decide, and write nothing. At most 1000 orders.
       * @default false
       */
      dry_run?: boolean;
    };
    /**
     * @example {
     *       "customer_name": "John Doe",
     *       "customer_email": "john@example.com",
     *       "priority": "normal",
     *       "items": [
     *         {
     *           "product_id": 1,
     *           "quantity": 2
     *         },
     *         {
     *           "product_id": 3,
     *           "quantity": 1
     *         }
     *       ]
     *     }
     */
    PlaceOrder: {
      /**
       * @description Who ordered.
       * @example John Doe
       */
      customer_name: string;
      /**
       * Format: idn-email
       * @description Where to write to who ordered; null for orders of simple clients.
       * @example john@example.com
       */
      customer_email: string;
      /** @description One line per product. */
      items: {
        /**
         * @description The product.
         * @example 1
         */
        product_id: number;
        /**
         * @description Units to order.
         * @example 2
         */
        quantity: number;
      }[];
      /**
       * Format: uuid
       * @description Yours, to be able to find the order again; made here when it is not given.
       */
      order_id?: string;
      /**
       * @description Of those that wait, high ones begin before normal ones, and normal ones before low ones.
       * @default normal
       * @enum {string}
       */
      priority?: 'low' | 'normal' | 'high';
      /** @description Where to send it. */
      shipping_address?: string | null;
      /** @description Whom to send the bill to. */
      billing_address?: string | null;
      /** @description How it is paid. */
      payment_method?: string | null;
      /** @description Whatever else is to be said. */
      notes?: string | null;
      /** @description Unique when given. */
      external_reference?: string | null;
    };
    /**
     * @example {
     *       "batch_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22",
     *       "order_ids": [
     *         "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11"
     *       ],
     *       "total_orders": 2,
     *       "successful_orders": 1,
     *       "failed_orders": 1,
     *       "status": "partial",
     *       "results": [
     *         {
     *           "index": 0,
     *           "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11"
     *         },
     *         {
     *           "index": 1,
     *           "error": {
     *             "code": "VALIDATION_FAILED",
     *             "message": "The order is not valid.",
     *             "errors": [
     *               {
     *                 "field": "orders[1].items",
     *                 "code": "invalid_value",
     *                 "message": "Duplicate products are not allowed in the same order."
     *               }
     *             ]
     *           }
     *         }
     *       ]
     *     }
     */
    BulkCreated: {
      /**
       * Format: uuid
       * @description Null for a dry run: there is no batch.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22
       */
      batch_id: string | null;
      /** @description The orders that were placed, in request order. */
      order_ids: string[];
      /**
       * @description Orders in all.
       * @example 2
       */
      total_orders: number;
      /**
       * @description Orders that were placed.
       * @example 2
       */
      successful_orders: number;
      /**
       * @description Orders that were not placed.
       * @example 0
       */
      failed_orders: number;
      /**
       * @description `success` when all are placed, `partial` when some are.
       * @enum {string}
       */
      status: 'success' | 'partial';
      /** @description One per order, in request order. */
      results: components['schemas']['OrderBatchResult'][];
    };
    /**
     * @example {
     *       "index": 0,
     *       "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11"
     *     }
     */
    OrderBatchResult: {
      /**
       * @description The place of the order in the request, from 0.
       * @example 0
       */
      index: number;
      /**
       * Format: uuid
       * @description When it was placed.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      order_id?: string;
      /** @description When it was not. */
      error?: {
        /**
         * @description Stable; made for programs.
         * @example INVENTORY_INSUFFICIENT_STOCK
         */
        code: string;
        /** @description What happened, in a sentence. */
        message: string;
        /** @description What is wrong, field by field. */
        errors: {
          /**
           * @description Which field; a path such as `items[0].quantity`.
           * @example orders[17].items[0].quantity
           */
          field: string;
          /**
           * @description Stable; made for programs.
           * @example insufficient_stock
           */
          code: string;
          /**
           * @description What happened, in a sentence.
           * @example Insufficient stock for Laptop. Available: 3, Requested: 5
           */
          message: string;
        }[];
        /**
         * Format: uuid
         * @description Of a duplicate: the order that exists already.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        order_id?: string;
      };
    };
    OrderBatch: {
      /**
       * Format: uuid
       * @description The bulk request.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22
       */
      batch_id: string;
      /**
       * @description How far it is.
       * @example processing
       * @enum {string}
       */
      status: 'pending' | 'processing' | 'success' | 'partial' | 'failed';
      /**
       * @description Whether one order that cannot be placed rejects all of them.
       * @example reject_failed
       * @enum {string}
       */
      error_policy: 'reject_all' | 'reject_failed';
      /**
       * @description Orders in all.
       * @example 5000
       */
      total_orders: number;
      /**
       * @description Orders that are decided: placed or not.
       * @example 2000
       */
      processed_orders: number;
      /**
       * @description Orders that were placed.
       * @example 1990
       */
      successful_orders: number;
      /**
       * @description Orders that were not placed.
       * @example 10
       */
      failed_orders: number;
      /**
       * @description The decided ones of all, in percent.
       * @example 40
       */
      progress_percent: number;
      /** @description Why none of it was placed; null otherwise. */
      failure_reason: string | null;
      /**
       * Format: date-time
       * @description When the request arrived.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When its last order was decided; null before.
       * @example 2026-11-20T10:00:00.000Z
       */
      completed_at: string | null;
      /** @description What became of each order, in request order. */
      results: components['schemas']['OrderBatchResultPage'];
    };
    OrderBatchResultPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['OrderBatchResult'][];
    };
    /**
     * @example {
     *       "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
     *       "customer_name": "John Doe",
     *       "customer_email": "john@example.com",
     *       "status": "processing",
     *       "total_amount": "2027.99",
     *       "currency": "USD",
     *       "priority": "normal",
     *       "items_count": 2,
     *       "current_state_since": "2026-11-20T10:00:02.400Z",
     *       "time_in_current_status_minutes": 3.5,
     *       "is_stale": false,
     *       "created_at": "2026-11-20T10:00:00.000Z",
     *       "shipping_address": "1 Main Street, Springfield",
     *       "billing_address": null,
     *       "payment_method": null,
     *       "tracking_number": null,
     *       "notes": null,
     *       "external_reference": null,
     *       "declared_total": null,
     *       "version": 2,
     *       "processing_started_at": "2026-11-20T10:00:02.400Z",
     *       "completed_at": null,
     *       "updated_at": "2026-11-20T10:00:02.400Z",
     *       "failure_reason": null,
     *       "time_in_current_status": {
     *         "total_seconds": 210,
     *         "minutes": 3.5,
     *         "human_readable": "3 minutes 30 seconds"
     *       },
     *       "items": [
     *         {
     *           "product_id": 1,
     *           "product_name": "Laptop",
     *           "product_sku": "LAP-001",
     *           "quantity": 2,
     *           "price": "999.00",
     *           "total_price": "1998.00"
     *         },
     *         {
     *           "product_id": 3,
     *           "product_name": "Mouse",
     *           "product_sku": "MOU-003",
     *           "quantity": 1,
     *           "price": "29.99",
     *           "total_price": "29.99"
     *         }
     *       ],
     *       "status_history": [
     *         {
     *           "from_status": null,
     *           "to_status": "pending",
     *           "changed_at": "2026-11-20T10:00:00.000Z",
     *           "processed_by": "api",
     *           "notes": null,
     *           "processing_time_seconds": null
     *         },
     *         {
     *           "from_status": "pending",
     *           "to_status": "processing",
     *           "changed_at": "2026-11-20T10:00:02.400Z",
     *           "processed_by": "worker",
     *           "notes": null,
     *           "processing_time_seconds": 2.4
     *         }
     *       ]
     *     }
     */
    Order: {
      /**
       * Format: uuid
       * @description The order.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      order_id: string;
      /**
       * @description Who ordered.
       * @example John Doe
       */
      customer_name: string;
      /**
       * @description Where to write to who ordered; null for orders of simple clients.
       * @example john@example.com
       */
      customer_email: string | null;
      /**
       * @description Where it is on its way.
       * @example pending
       * @enum {string}
       */
      status: 'pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'failed';
      /**
       * @description What the order costs: the sum of its lines, as a decimal text.
       * @example 199.98
       */
      total_amount: string;
      /**
       * @description Of all its amounts, by ISO 4217.
       * @example USD
       */
      currency: string;
      /**
       * @description Of those that wait, high ones begin before normal ones, and normal ones before low ones.
       * @example normal
       * @enum {string}
       */
      priority: 'low' | 'normal' | 'high';
      /**
       * @description How many lines it has.
       * @example 2
       */
      items_count: number;
      /**
       * Format: date-time
       * @description When it got its status.
       * @example 2026-11-20T10:00:00.000Z
       */
      current_state_since: string;
      /**
       * @description How long it has had its status, in minutes.
       * @example 3.5
       */
      time_in_current_status_minutes: number;
      /**
       * @description Past the deadline of its status, and nobody is going to move it: it neither waits for its turn nor has just had it.
       * @example false
       */
      is_stale: boolean;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
      /** @description Where to send it. */
      shipping_address: string | null;
      /** @description Whom to send the bill to. */
      billing_address: string | null;
      /** @description How it is paid. */
      payment_method: string | null;
      /** @description The carrier's number. */
      tracking_number: string | null;
      /** @description Whatever else is to be said. */
      notes: string | null;
      /** @description Your own name for the order; no two orders have the same. */
      external_reference: string | null;
      /**
       * @description What a simple client thought the order costs.
       * @example 199.98
       */
      declared_total: string | null;
      /**
       * @description Counts its changes from 1; the ETag is this number in quotes.
       * @example 1
       */
      version: number;
      /**
       * Format: date-time
       * @description When work on it began; null before.
       * @example 2026-11-20T10:00:00.000Z
       */
      processing_started_at: string | null;
      /**
       * Format: date-time
       * @description When it was delivered; null before.
       * @example 2026-11-20T10:00:00.000Z
       */
      completed_at: string | null;
      /**
       * Format: date-time
       * @description When it was changed last.
       * @example 2026-11-20T10:00:00.000Z
       */
      updated_at: string;
      /** @description Why it failed; null unless it did. */
      failure_reason: string | null;
      /** @description How long it has had its status. */
      time_in_current_status: {
        /**
         * @description In seconds.
         * @example 210
         */
        total_seconds: number;
        /**
         * @description In minutes.
         * @example 3.5
         */
        minutes: number;
        /**
         * @description In words.
         * @example 3 minutes 30 seconds
         */
        human_readable: string;
      };
      /** @description The lines: one per product. */
      items: {
        /**
         * @description The product.
         * @example 1
         */
        product_id: number;
        /**
         * @description Its name when it was ordered.
         * @example Laptop
         */
        product_name: string;
        /**
         * @description Its SKU when it was ordered.
         * @example LAP-001
         */
        product_sku: string;
        /**
         * @description Units ordered.
         * @example 2
         */
        quantity: number;
        /**
         * @description Of one unit when it was ordered.
         * @example 199.98
         */
        price: string;
        /**
         * @description Of all units of the line.
         * @example 199.98
         */
        total_price: string;
      }[];
      /** @description Every status that it had, the first one first. */
      status_history: {
        /** @description The status before; null at the beginning. */
        from_status: ('pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'failed') | null;
        /**
         * @description The status after.
         * @example pending
         * @enum {string}
         */
        to_status: 'pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'failed';
        /**
         * Format: date-time
         * @description When it changed.
         * @example 2026-11-20T10:00:00.000Z
         */
        changed_at: string;
        /**
         * @description Who did it: a process, or a person.
         * @example worker
         */
        processed_by: string;
        /** @description Whatever else is to be said. */
        notes: string | null;
        /**
         * @description How long it had the status before, in seconds; null at the beginning.
         * @example 2.4
         */
        processing_time_seconds: number | null;
      }[];
    };
    OrderPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['OrderListItem'][];
    };
    OrderListItem: {
      /**
       * Format: uuid
       * @description The order.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      order_id: string;
      /**
       * @description Who ordered.
       * @example John Doe
       */
      customer_name: string;
      /**
       * @description Where to write to who ordered; null for orders of simple clients.
       * @example john@example.com
       */
      customer_email: string | null;
      /**
       * @description Where it is on its way.
       * @example pending
       * @enum {string}
       */
      status: 'pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'failed';
      /**
       * @description What the order costs: the sum of its lines, as a decimal text.
       * @example 199.98
       */
      total_amount: string;
      /**
       * @description Of all its amounts, by ISO 4217.
       * @example USD
       */
      currency: string;
      /**
       * @description Of those that wait, high ones begin before normal ones, and normal ones before low ones.
       * @example normal
       * @enum {string}
       */
      priority: 'low' | 'normal' | 'high';
      /**
       * @description How many lines it has.
       * @example 2
       */
      items_count: number;
      /**
       * Format: date-time
       * @description When it got its status.
       * @example 2026-11-20T10:00:00.000Z
       */
      current_state_since: string;
      /**
       * @description How long it has had its status, in minutes.
       * @example 3.5
       */
      time_in_current_status_minutes: number;
      /**
       * @description Past the deadline of its status, and nobody is going to move it: it neither waits for its turn nor has just had it.
       * @example false
       */
      is_stale: boolean;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
    };
    /**
     * @example {
     *       "notes": "Leave it with the neighbour.",
     *       "tracking_number": "1Z999AA10123456784"
     *     }
     */
    AmendOrder: {
      /** @description Where to send it. */
      shipping_address?: string | null;
      /** @description Whom to send the bill to. */
      billing_address?: string | null;
      /**
       * @description Of those that wait, high ones begin before normal ones, and normal ones before low ones.
       * @enum {string}
       */
      priority?: 'low' | 'normal' | 'high';
      /** @description The carrier's number. */
      tracking_number?: string | null;
      /** @description Whatever else is to be said. */
      notes?: string | null;
    };
    /**
     * @example {
     *       "reason": "The customer changed their mind."
     *     }
     */
    CancelOrder: {
      /**
       * @description Why; kept in the history of the order.
       * @example The customer changed their mind.
       */
      reason?: string | null;
    };
    OrderCancelled: {
      /**
       * @description True: other outcomes are problems with a status of their own.
       * @example true
       */
      success: boolean;
      /**
       * @description What happened, in a sentence.
       * @example Order cancelled. Its stock is available again.
       */
      message: string;
      /**
       * @description The status that it has now.
       * @example cancelled
       */
      new_status: string;
    };
    OrderStatus: {
      /**
       * Format: uuid
       * @description The order.
       */
      order_id: string;
      /**
       * @description Where it is on its way.
       * @example processing
       * @enum {string}
       */
      status: 'pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'failed';
      /**
       * Format: date-time
       * @description When the order was placed.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When it got its status.
       */
      current_state_since: string;
    };
    OrderChangePage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['OrderChange'][];
    };
    OrderChange: {
      /**
       * Format: date-time
       * @description When it changed.
       * @example 2026-11-20T10:00:02.500Z
       */
      changed_date: string;
      /**
       * @description Counts its changes from 1; the ETag is this number in quotes.
       * @example 2
       */
      version: number;
      /**
       * @description Who changed it: a process, or a person.
       * @example worker
       */
      changed_by: string;
      /**
       * @description Whether the row was made or changed.
       * @example updated
       * @enum {string}
       */
      change_type: 'created' | 'updated';
      /** @description Why, if somebody said so. */
      change_reason: string | null;
      /** @description Of the request that caused it: it is in the logs as well. */
      request_id: string | null;
      /**
       * @description Field by field, by the names of this API. Empty for the oldest version when those before it were cleaned up.
       * @example [
       *       {
       *         "field": "status",
       *         "from": "pending",
       *         "to": "processing"
       *       }
       *     ]
       */
      changes: {
        /** @description Which field; a path such as `items[0].quantity`. */
        field: string;
        /** @description The value before. */
        from: unknown;
        /** @description The value after. */
        to: unknown;
      }[];
      /**
       * @description Where it is on its way.
       * @example processing
       * @enum {string}
       */
      status: 'pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'failed';
      /**
       * @description Who ordered.
       * @example John Doe
       */
      customer_name: string;
      /**
       * @description Where to write to who ordered; null for orders of simple clients.
       * @example john@example.com
       */
      customer_email: string | null;
      /**
       * @description What the order costs: the sum of its lines, as a decimal text.
       * @example 199.98
       */
      total_amount: string;
    };
    ProductPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['Product'][];
    };
    Product: {
      /**
       * @description The product.
       * @example 1
       */
      id: number;
      /**
       * @description What people call it.
       * @example Laptop
       */
      name: string;
      /**
       * @description More about it.
       * @example Grip on wet rock, light enough for a long day.
       */
      description: string;
      /**
       * @description Of one unit, as a decimal text.
       * @example 999.00
       */
      price: string;
      /**
       * @description Of all its amounts, by ISO 4217.
       * @example USD
       */
      currency: string;
      /**
       * @description The code of the article: no two products have the same.
       * @example LAP-001
       */
      sku: string;
      /**
       * @description Whether it is for sale.
       * @example true
       */
      is_active: boolean;
      /**
       * @description On hand.
       * @example 40
       */
      stock: number;
      /**
       * @description Reserved by open orders.
       * @example 2
       */
      reserved_stock: number;
      /**
       * @description stock − reserved_stock
       * @example 38
       */
      available_stock: number;
      /**
       * @description Counts its changes from 1; the ETag is this number in quotes.
       * @example 1
       */
      version: number;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When it was changed last.
       * @example 2026-11-20T10:00:00.000Z
       */
      updated_at: string;
    };
    StockMovementPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['StockMovement'][];
    };
    StockMovement: {
      /**
       * @description Counts the movements of all products.
       * @example 17
       */
      id: number;
      /**
       * @description The same as a text for people.
       * @example MOV-0000000017
       */
      transaction_id: string;
      /**
       * @description The product.
       * @example 1
       */
      product_id: number;
      /**
       * @description Its name.
       * @example Laptop
       */
      product_name: string;
      /**
       * @description Its SKU.
       * @example LAP-001
       */
      product_sku: string;
      /**
       * @description What happened to the stock.
       * @example RESERVE
       * @enum {string}
       */
      transaction_type: 'RECEIVE' | 'RESERVE' | 'RELEASE' | 'FULFILL' | 'ADJUST' | 'DAMAGE';
      /**
       * @description Units that moved.
       * @example 2
       */
      quantity: number;
      /**
       * @description On hand before.
       * @example 40
       */
      previous_quantity: number;
      /**
       * @description On hand after.
       * @example 40
       */
      new_quantity: number;
      /**
       * @description Reserved before.
       * @example 0
       */
      previous_reserved: number;
      /**
       * @description Reserved after.
       * @example 2
       */
      new_reserved: number;
      /**
       * Format: uuid
       * @description The order that caused it; null for an adjustment.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      order_id: string | null;
      /** @description Of a paper that belongs to it, such as a delivery note. */
      reference_number: string | null;
      /** @description Whatever else is to be said. */
      notes: string | null;
      /**
       * @description Who did it: a process, or a person.
       * @example api
       */
      processed_by: string;
      /**
       * @description Of the request that asked for it.
       * @example null
       */
      idempotency_key: string | null;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
    };
    ProductChangePage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['ProductChange'][];
    };
    ProductChange: {
      /**
       * Format: date-time
       * @description When it changed.
       * @example 2026-11-20T10:00:02.500Z
       */
      changed_date: string;
      /**
       * @description Counts its changes from 1; the ETag is this number in quotes.
       * @example 2
       */
      version: number;
      /**
       * @description Who changed it: a process, or a person.
       * @example worker
       */
      changed_by: string;
      /**
       * @description Whether the row was made or changed.
       * @example updated
       * @enum {string}
       */
      change_type: 'created' | 'updated';
      /** @description Why, if somebody said so. */
      change_reason: string | null;
      /** @description Of the request that caused it: it is in the logs as well. */
      request_id: string | null;
      /**
       * @description Field by field, by the names of this API, with the minimum threshold and the maximum capacity of its stock. Without what changed of the product for the oldest version when those before it were cleaned up.
       * @example [
       *       {
       *         "field": "price",
       *         "from": "999.00",
       *         "to": "899.00"
       *       }
       *     ]
       */
      changes: {
        /** @description Which field; a path such as `items[0].quantity`. */
        field: string;
        /** @description The value before. */
        from: unknown;
        /** @description The value after. */
        to: unknown;
      }[];
      /**
       * @description What people call it.
       * @example Laptop
       */
      name: string;
      /**
       * @description The code of the article: no two products have the same.
       * @example LAP-001
       */
      sku: string;
      /**
       * @description Of one unit, as a decimal text.
       * @example 899.00
       */
      price: string;
      /**
       * @description Whether it is for sale.
       * @example true
       */
      is_active: boolean;
    };
    /**
     * @example {
     *       "name": "Trail running shoes",
     *       "sku": "SHOE-TRAIL-42",
     *       "price": "129.90",
     *       "initial_stock": 25
     *     }
     */
    AddProduct: {
      /**
       * @description What people call it.
       * @example Trail running shoes
       */
      name: string;
      /**
       * @description Unique. SKUs that look alike are one: case, Unicode form, letters of full width, kinds of blanks and dashes, and characters that nobody sees make no difference.
       * @example SHOE-TRAIL-42
       */
      sku: string;
      /**
       * @description A decimal text, or a number; 0.01 to 999999.99 with at most two decimal places.
       * @example 99.99
       */
      price: string | number;
      /** @description More about it. */
      description?: string;
      /**
       * @description Whether it is for sale.
       * @default true
       */
      is_active?: boolean;
      /**
       * @description Units that are there from the beginning; they are received in the ledger.
       * @default 0
       * @example 25
       */
      initial_stock?: number;
      /**
       * @description At so many available units or fewer, stock is low.
       * @default 10
       */
      minimum_threshold?: number;
      /** @description 1000 when it is not given, or the initial stock when that is more. */
      maximum_capacity?: number;
    };
    /**
     * @example {
     *       "price": "119.90",
     *       "minimum_threshold": 5
     *     }
     */
    ReviseProduct: {
      /**
       * @description What people call it.
       * @example Trail running shoes
       */
      name?: string;
      /**
       * @description Unique. SKUs that look alike are one: case, Unicode form, letters of full width, kinds of blanks and dashes, and characters that nobody sees make no difference.
       * @example SHOE-TRAIL-42
       */
      sku?: string;
      /**
       * @description A decimal text, or a number; 0.01 to 999999.99 with at most two decimal places.
       * @example 99.99
       */
      price?: string | number;
      /** @description More about it. */
      description?: string;
      /** @description Whether it is for sale. */
      is_active?: boolean;
      /** @description At so many available units or fewer, stock is low. */
      minimum_threshold?: number;
      /** @description More units than this cannot be on hand. */
      maximum_capacity?: number;
    };
    InventoryPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['InventoryItem'][];
    };
    InventoryItem: {
      /**
       * @description The product id.
       * @example 1
       */
      id: number;
      /**
       * @description The product.
       * @example 1
       */
      product_id: number;
      /**
       * @description Its name.
       * @example Laptop
       */
      product_name: string;
      /**
       * @description Its SKU.
       * @example LAP-001
       */
      product_sku: string;
      /**
       * @description On hand.
       * @example 40
       */
      quantity: number;
      /**
       * @description Units reserved by open orders.
       * @example 2
       */
      reserved_quantity: number;
      /**
       * @description Units that can be ordered: on hand less reserved.
       * @example 38
       */
      available_quantity: number;
      /**
       * @description At so many available units or fewer, stock is low.
       * @example 10
       */
      minimum_threshold: number;
      /**
       * @description More units than this cannot be on hand.
       * @example 1000
       */
      maximum_capacity: number;
      /**
       * @description available ≤ minimum_threshold
       * @example false
       */
      is_low_stock: boolean;
      /**
       * @description Counts its changes from 1; the ETag is this number in quotes.
       * @example 4
       */
      version: number;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When it was changed last.
       * @example 2026-11-20T10:00:00.000Z
       */
      updated_at: string;
    };
    InventorySummary: {
      /**
       * @description All products.
       * @example 50
       */
      total_items: number;
      /**
       * @description Some available, but at or below minimum_threshold.
       * @example 4
       */
      low_stock_items: number;
      /**
       * @description Nothing available.
       * @example 3
       */
      out_of_stock_items: number;
      /**
       * @description All others.
       * @example 43
       */
      healthy_stock_items: number;
    };
    /**
     * @example {
     *       "dry_run": true
     *     }
     */
    ReconcileStock: {
      /**
       * @description False to set the levels that differ to the ledger.
       * @default true
       */
      dry_run?: boolean;
    };
    StockReconciled: {
      /** @description Whether nothing was changed. */
      dry_run: boolean;
      /**
       * @description Products that were compared.
       * @example 50
       */
      checked: number;
      /** @description Products of which level and ledger differ. */
      drifted: {
        /**
         * @description The product.
         * @example 1
         */
        product_id: number;
        /**
         * @description What the level says is on hand.
         * @example 41
         */
        quantity: number;
        /**
         * @description Units reserved by open orders.
         * @example 2
         */
        reserved_quantity: number;
        /**
         * @description What the movements add up to.
         * @example 40
         */
        ledger_quantity: number;
        /**
         * @description Reserved by the ledger.
         * @example 2
         */
        ledger_reserved: number;
      }[];
      /**
       * @description Levels that were set to their ledger. What the rules of stock refuse stays as it is.
       * @example 0
       */
      repaired: number;
    };
    /**
     * @example {
     *       "adjustment_type": "add",
     *       "quantity": 5,
     *       "notes": "Delivery",
     *       "reference_number": "PO-1001"
     *     }
     */
    AdjustStock: {
      /**
       * @description What to do: receive, take out, count or write off.
       * @enum {string}
       */
      adjustment_type: 'add' | 'remove' | 'set' | 'damage';
      /** @description Units to add, take out or write off; what was counted for `set`. */
      quantity: number;
      /**
       * @description Units on hand that you saw: with any other figure the answer is 409 and nothing changes. A `set` without it is done whatever is there, and its movement says so.
       * @example 40
       */
      expected_quantity?: number | null;
      /** @description Whatever else is to be said. */
      notes?: string | null;
      /** @description Of a paper that belongs to it, such as a delivery note. */
      reference_number?: string | null;
    };
    StockAdjusted: {
      /**
       * @description True: other outcomes are problems with a status of their own.
       * @example true
       */
      success: boolean;
      /**
       * @description On hand before.
       * @example 40
       */
      previous_quantity: number;
      /**
       * @description On hand after.
       * @example 45
       */
      new_quantity: number;
      /**
       * @description new_quantity − previous_quantity
       * @example 5
       */
      adjustment: number;
    };
    /**
     * @example {
     *       "user_id": "user44",
     *       "item_ids": [
     *         1,
     *         2,
     *         3
     *       ],
     *       "total_amount": 90.99
     *     }
     */
    PlaceSimpleOrder: {
      /**
       * @description The client's own name for who ordered.
       * @example user44
       */
      user_id: string;
      /** @description Product ids, one unit each; repeated ids add up. */
      item_ids: number[];
      /**
       * @description What you think that it costs. What it costs is what the catalogue says.
       * @example 90.99
       */
      total_amount: number | string;
      /**
       * @description Your own id for the order, any text. Made here when it is not given. One that is no UUID is the `external_reference` of the order in the full API.
       * @example order-2026-0001
       */
      order_id?: string;
    };
    SimpleOrder: {
      /**
       * @description Yours, if you gave one; else a UUID.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      order_id: string;
      /**
       * @description The customer's name for an order of the full API.
       * @example user44
       */
      user_id: string;
      /**
       * @description Each product once per unit; once each when the order has more than 1000 units.
       * @example [
       *       1,
       *       2,
       *       3
       *     ]
       */
      item_ids: number[];
      /**
       * @description What the order costs by the catalogue.
       * @example 90.99
       */
      total_amount: string;
      /**
       * @description The client's figure; only when it differs.
       * @example 90.99
       */
      declared_total?: string;
      /**
       * @description Where it is on its way.
       * @example PENDING
       * @enum {string}
       */
      status: 'PENDING' | 'PROCESSING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
      /**
       * Format: date-time
       * @description When it was placed.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
    };
    SimpleOrderPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['SimpleOrder'][];
    };
    SimpleOrderStatus: {
      /**
       * @description Yours, if you gave one; else a UUID.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      order_id: string;
      /**
       * @description Where it is on its way.
       * @example PENDING
       * @enum {string}
       */
      status: 'PENDING' | 'PROCESSING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
      /**
       * Format: date-time
       * @description When the order was placed.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
    };
    SimpleMetrics: {
      /**
       * @description All orders.
       * @example 12
       */
      total_orders: number;
      /**
       * @description Orders that wait for their turn.
       * @example 12
       */
      pending_orders: number;
      /**
       * @description Processing or shipped.
       * @example 12
       */
      processing_orders: number;
      /**
       * @description Delivered.
       * @example 12
       */
      completed_orders: number;
      /**
       * @description Seconds from placed to delivered; null before the first.
       * @example 8.4
       */
      average_processing_time: number | null;
      /**
       * Format: date-time
       * @description The moment that the figures are of.
       * @example 2026-11-20T10:00:00.000Z
       */
      last_updated: string;
    };
    SimulationPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['Simulation'][];
    };
    Simulation: {
      /**
       * Format: uuid
       * @description The simulation.
       * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
       */
      id: string;
      /**
       * @description Where it is on its way.
       * @example running
       * @enum {string}
       */
      status: 'queued' | 'running' | 'completed' | 'failed';
      /**
       * @description Where its rows came from.
       * @enum {string}
       */
      rows: 'builtin' | 'generated' | 'given';
      /**
       * @description Writers in flight at the same time.
       * @example 10
       */
      concurrency: number;
      /**
       * @description The rules that rows are validated by.
       * @enum {string}
       */
      rules: 'basic' | 'strict';
      /**
       * @description What the stores are.
       * @enum {string}
       */
      engine: 'postgres' | 'sqlite';
      /**
       * @description Stores of each table.
       * @example 1
       */
      shards: number;
      /**
       * @description How long each writer waits inside of its transaction.
       * @example 0
       */
      delay_ms: number;
      /**
       * @description Rows to insert.
       * @example 30
       */
      total_rows: number;
      /**
       * @description So far.
       * @example 20
       */
      inserted_rows: number;
      /**
       * @description So far.
       * @example 3
       */
      failed_rows: number;
      /**
       * @description Rows that were attempted, in percent.
       * @example 76.6
       */
      progress_percent: number;
      /** @description Why it failed; null unless it did. */
      failure_reason: string | null;
      /**
       * @description How often a worker began it: again after one that stopped.
       * @example 1
       */
      starts: number;
      /**
       * @description Who asked for it.
       * @example anonymous
       */
      created_by: string;
      /**
       * Format: date-time
       * @description When it was made.
       * @example 2026-11-20T10:00:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When a worker began it last; null before.
       * @example 2026-11-20T10:00:00.000Z
       */
      started_at: string | null;
      /**
       * Format: date-time
       * @description When it was completed, or failed; null before.
       * @example 2026-11-20T10:00:00.000Z
       */
      ended_at: string | null;
    };
    /**
     * @example {
     *       "rows": "builtin",
     *       "concurrency": 10,
     *       "rules": "strict"
     *     }
     */
    StartSimulation: {
      /**
       * @description `builtin`: the thirty rows of the command; or the rows themselves; or how many to make, with the share of users that have the e-mail of an earlier one.
       * @default builtin
       */
      rows?:
        | 'builtin'
        | {
            /**
             * @description How many there are.
             * @example 300
             */
            count: number;
            /**
             * @description The same one makes the same rows.
             * @default 1
             */
            seed?: number;
            /**
             * @description Share of the users that have the e-mail address of an earlier one.
             * @default 0
             */
            duplicates?: number;
          }
        | {
            /**
             * @description Rows for the users.
             * @default []
             */
            users?: {
              /** @description Its number in its store. */
              id: number;
              /** @description What people call it. */
              name: string;
              /** @description Where to write to. */
              email: string;
            }[];
            /**
             * @description Rows for the products.
             * @default []
             */
            products?: {
              /** @description Its number in its store. */
              id: number;
              /** @description What people call it. */
              name: string;
              /** @description Of one unit, as a decimal text. */
              price: number | null;
            }[];
            /**
             * @description Rows for the orders.
             * @default []
             */
            orders?: {
              /** @description Its number in its store. */
              id: number;
              /** @description The client's own name for who ordered. */
              user_id: number;
              /** @description The product. */
              product_id: number;
              /** @description Units. */
              quantity: number;
            }[];
          };
      /**
       * @description Writers in flight at the same time.
       * @default 10
       * @example 10
       */
      concurrency?: number;
      /**
       * @description `basic`: a name and an @, a price and a quantity. `strict`: all rules, unique e-mails, references.
       * @default strict
       * @enum {string}
       */
      rules?: 'basic' | 'strict';
      /**
       * @description What the three databases are.
       * @default postgres
       * @enum {string}
       */
      engine?: 'postgres' | 'sqlite';
      /**
       * @description Stores that the rows of each table are spread over.
       * @default 1
       */
      shards?: number;
      /**
       * @description How long each writer waits inside of its transaction.
       * @default 0
       */
      delay_ms?: number;
    };
    SimulationReport: {
      /**
       * Format: uuid
       * @description The simulation.
       */
      run_id: string;
      /**
       * Format: date-time
       * @description When its first attempt could begin.
       */
      started_at: string;
      /**
       * Format: date-time
       * @description When its last attempt had ended.
       */
      ended_at: string;
      /**
       * @description Whether all rows were attempted.
       * @enum {string}
       */
      end: 'all_attempted' | 'interrupted';
      /**
       * @description From the first attempt's start to the last one's end, in milliseconds.
       * @example 3050
       */
      execution_ms: number;
      /** @description What the run was told. */
      options: {
        /**
         * @description Where its rows came from.
         * @enum {string}
         */
        rows: 'builtin' | 'generated' | 'given';
        /**
         * @description Writers in flight at the same time.
         * @example 10
         */
        threads: number;
        /**
         * @description The rules that rows were validated by.
         * @enum {string}
         */
        rules: 'basic' | 'strict';
        /**
         * @description What the stores are.
         * @enum {string}
         */
        engine: 'postgres' | 'sqlite';
        /**
         * @description Stores of each table.
         * @example 1
         */
        shards: number;
        /**
         * @description How long each writer waited inside of its transaction.
         * @example 0
         */
        delay_ms: number;
        /**
         * @description Whether rows of earlier runs were kept.
         * @example false
         */
        keep_rows: boolean;
      };
      /** @description What it ran on. */
      environment: {
        /**
         * @description Of the stores.
         * @example PostgreSQL 18.4
         */
        engine_version: string;
        /**
         * @description Of this product.
         * @example 0.1.0
         */
        version: string;
        /**
         * @description Of Node.js.
         * @example v22.12.0
         */
        node: string;
        /**
         * @description Operating system and processor.
         * @example linux x64
         */
        platform: string;
        /**
         * @description Processors.
         * @example 2
         */
        cpus: number;
        /**
         * @description Memory of the machine.
         * @example 8589934592
         */
        memory_bytes: number;
      };
      /** @description Users, products, orders. */
      tables: {
        /**
         * @description Rows to insert.
         * @example 10
         */
        rows: number;
        /**
         * @description Rows that are committed.
         * @example 8
         */
        inserted: number;
        /**
         * @description Refused by a rule, or in error.
         * @example 2
         */
        failed: number;
        /**
         * @description Rows that were still waiting when the run was interrupted.
         * @example 0
         */
        not_attempted: number;
        /**
         * @description The inserted ones of all that were attempted.
         * @example 80
         */
        success_rate_percent: number;
        /** @description How long attempts took, in milliseconds; null when there was none. */
        durations_ms: {
          /**
           * @description Half of the attempts took no longer.
           * @example 4.2
           */
          p50: number;
          /**
           * @description Of a hundred attempts, 95 took no longer.
           * @example 9.8
           */
          p95: number;
          /**
           * @description The longest.
           * @example 12.3
           */
          max: number;
        } | null;
        /**
         * @description What its rows are.
         * @enum {string}
         */
        entity: 'user' | 'product' | 'order';
        /**
         * @description Its name.
         * @example USERS
         */
        table: string;
        /**
         * @description All stores of the table.
         * @example [
         *       "users_db"
         *     ]
         */
        stores: string[];
        /** @description Most frequent first, five at most. */
        common_issues: {
          /**
           * @description Without its values.
           * @example User validation errors: Name cannot be empty
           */
          reason: string;
          /**
           * @description Rows that it kept out.
           * @example 1
           */
          count: number;
        }[];
      }[];
      /** @description All tables together. */
      summary: {
        /**
         * @description Rows to insert.
         * @example 10
         */
        rows: number;
        /**
         * @description Rows that are committed.
         * @example 8
         */
        inserted: number;
        /**
         * @description Refused by a rule, or in error.
         * @example 2
         */
        failed: number;
        /**
         * @description Rows that were still waiting when the run was interrupted.
         * @example 0
         */
        not_attempted: number;
        /**
         * @description The inserted ones of all that were attempted.
         * @example 80
         */
        success_rate_percent: number;
        /** @description How long attempts took, in milliseconds; null when there was none. */
        durations_ms: {
          /**
           * @description Half of the attempts took no longer.
           * @example 4.2
           */
          p50: number;
          /**
           * @description Of a hundred attempts, 95 took no longer.
           * @example 9.8
           */
          p95: number;
          /**
           * @description The longest.
           * @example 12.3
           */
          max: number;
        } | null;
        /**
         * @description Calls of the validation: one for each attempt.
         * @example 30
         */
        validated: number;
        /**
         * @description Inserted rows per second.
         * @example 8.5
         */
        rows_per_second: number;
        /** @description How much of it happened at the same time. */
        overlap: {
          /**
           * @description Most attempts at the same moment.
           * @example 10
           */
          in_flight_max: number;
          /**
           * @description Attempts in flight on average.
           * @example 7.41
           */
          in_flight_average: number;
          /**
           * @description Attempts that were in flight together with another one.
           * @example 30
           */
          overlapping: number;
        };
      };
      /** @description Every attempt, in the order in which they ended. */
      attempts: {
        /**
         * @description Which row of the run, from 0: users, then products, then orders.
         * @example 0
         */
        index: number;
        /**
         * @description What the row is.
         * @enum {string}
         */
        entity: 'user' | 'product' | 'order';
        /**
         * @description Named after the row's place in its table.
         * @example UserThread-1
         */
        thread: string;
        /**
         * @description Which of the writers had it, from 1.
         * @example 3
         */
        worker: number;
        /**
         * @description The store that it was for.
         * @example users_db
         */
        store: string;
        /**
         * @description The id of the row in its data.
         * @example 1
         */
        row_id: number;
        /**
         * @description The row as text.
         * @example User(id=1, name='Alice', email='alice@example.com')
         */
        details: string;
        /**
         * @description Its values as text.
         * @example (1, 'Alice', 'alice@example.com')
         */
        values: string;
        /**
         * @description `inserted`: committed. `invalid`: refused by a rule. `error`: the store or the thread failed.
         * @enum {string}
         */
        outcome: 'inserted' | 'invalid' | 'error';
        /**
         * @description Why it is not inserted; null when it is.
         * @example null
         */
        reason: string | null;
        /**
         * @description When it began, in milliseconds since the start of the run.
         * @example 1.25
         */
        start_ms: number;
        /**
         * @description When it ended, in milliseconds since the start of the run.
         * @example 5.75
         */
        end_ms: number;
      }[];
    };
    SimulationUserPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['SimulationUser'][];
    };
    SimulationUser: {
      /**
       * @description Its number in its store.
       * @example 1
       */
      id: number;
      /**
       * @description What people call it.
       * @example Alice
       */
      name: string;
      /**
       * Format: idn-email
       * @description Where to write to.
       * @example alice@example.com
       */
      email: string;
    };
    /**
     * @example {
     *       "id": 1,
     *       "name": "Alice",
     *       "email": "alice@example.com"
     *     }
     */
    AddSimulationUser: {
      /**
       * @description The next one that is free when it is not given.
       * @example 1
       */
      id?: number;
      /**
       * @description What people call it.
       * @example Alice
       */
      name: string;
      /**
       * Format: idn-email
       * @description Where to write to.
       * @example alice@example.com
       */
      email: string;
    };
    /**
     * @example {
     *       "name": "Alice Smith"
     *     }
     */
    ChangeSimulationUser: {
      /**
       * @description What people call it.
       * @example Alice
       */
      name?: string;
      /**
       * Format: idn-email
       * @description Where to write to.
       * @example alice@example.com
       */
      email?: string;
    };
    SimulationProductPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['SimulationProduct'][];
    };
    SimulationProduct: {
      /**
       * @description Its number in its store.
       * @example 1
       */
      id: number;
      /**
       * @description What people call it.
       * @example Laptop
       */
      name: string;
      /**
       * @description As a decimal text.
       * @example 1000.00
       */
      price: string;
    };
    /**
     * @example {
     *       "id": 1,
     *       "name": "Laptop",
     *       "price": "1000.00"
     *     }
     */
    AddSimulationProduct: {
      /**
       * @description The next one that is free when it is not given.
       * @example 1
       */
      id?: number;
      /**
       * @description What people call it.
       * @example Laptop
       */
      name: string;
      /**
       * @description A decimal text, or a number; 0 to 999999.99 with at most two decimal places.
       * @example 1000.00
       */
      price: string | number;
    };
    /**
     * @example {
     *       "price": "950.00"
     *     }
     */
    ChangeSimulationProduct: {
      /**
       * @description What people call it.
       * @example Laptop
       */
      name?: string;
      /**
       * @description A decimal text, or a number; 0 to 999999.99 with at most two decimal places.
       * @example 1000.00
       */
      price?: string | number;
    };
    SimulationOrderPage: {
      /**
       * @description Exact up to 10000.
       * @example 1
       */
      count: number;
      /**
       * @description True when there are more than `count`.
       * @example false
       */
      count_is_capped: boolean;
      /**
       * @description Address of the next page; null on the last.
       * @example null
       */
      next: string | null;
      /**
       * @description Address of the page before; null on the first.
       * @example null
       */
      previous: string | null;
      /** @description The rows of this page. */
      results: components['schemas']['SimulationOrder'][];
    };
    SimulationOrder: {
      /**
       * @description Its number in its store.
       * @example 1
       */
      id: number;
      /**
       * @description The user, who must be there.
       * @example 1
       */
      user_id: number;
      /**
       * @description The product, which must be there.
       * @example 1
       */
      product_id: number;
      /**
       * @description Units.
       * @example 2
       */
      quantity: number;
    };
    /**
     * @example {
     *       "id": 1,
     *       "user_id": 1,
     *       "product_id": 1,
     *       "quantity": 2
     *     }
     */
    AddSimulationOrder: {
      /**
       * @description The next one that is free when it is not given.
       * @example 1
       */
      id?: number;
      /**
       * @description The user, who must be there.
       * @example 1
       */
      user_id: number;
      /**
       * @description The product, which must be there.
       * @example 1
       */
      product_id: number;
      /**
       * @description Units.
       * @example 2
       */
      quantity: number;
    };
    /**
     * @example {
     *       "quantity": 3
     *     }
     */
    ChangeSimulationOrder: {
      /**
       * @description The user, who must be there.
       * @example 1
       */
      user_id?: number;
      /**
       * @description The product, which must be there.
       * @example 1
       */
      product_id?: number;
      /**
       * @description Units.
       * @example 2
       */
      quantity?: number;
    };
    Health: {
      /**
       * @description `unhealthy` when something that every request needs is missing, `degraded` when something else is.
       * @example healthy
       * @enum {string}
       */
      status: 'healthy' | 'degraded' | 'unhealthy';
      /**
       * Format: date-time
       * @description When this was looked at.
       * @example 2026-11-20T10:00:00.000Z
       */
      timestamp: string;
      /**
       * @description Of the product.
       * @example 0.1.0
       */
      version: string;
      /**
       * @description NODE_ENV.
       * @example development
       */
      environment: string;
      /**
       * @description Each part by itself.
       * @example {
       *       "database": {
       *         "status": "healthy",
       *         "response_ms": 0.7
       *       },
       *       "connections": {
       *         "status": "healthy",
       *         "used": 24,
       *         "max": 97
       *       },
       *       "disk": {
       *         "status": "healthy",
       *         "free_gib": 120,
       *         "free_percent": 48
       *       },
       *       "queue": {
       *         "status": "healthy",
       *         "queues": {
       *           "fulfillment": {
       *             "waiting": 0,
       *             "delayed": 2,
       *             "active": 1,
       *             "failed": 0
       *           }
       *         }
       *       },
       *       "workers": {
       *         "status": "healthy",
       *         "count": 1,
       *         "last_beat_seconds": 2
       *       },
       *       "scheduler": {
       *         "status": "healthy",
       *         "count": 1,
       *         "last_beat_seconds": 3
       *       },
       *       "outbox": {
       *         "status": "healthy",
       *         "waiting": 0,
       *         "oldest_age_seconds": 0
       *       },
       *       "backlog": {
       *         "status": "healthy",
       *         "waiting": 0,
       *         "oldest_age_seconds": 0,
       *         "begun_per_minute": 40,
       *         "seconds_left": 0
       *       },
       *       "feed": {
       *         "status": "healthy",
       *         "lag_seconds": 0
       *       },
       *       "stock": {
       *         "status": "healthy",
       *         "last_comparison_seconds": 90,
       *         "products": 50,
       *         "drifted": 0,
       *         "orders_held_up": 0
       *       },
       *       "stock_locks": {
       *         "status": "healthy",
       *         "blocked_products": 0
       *       },
       *       "rate_limits": {
       *         "status": "healthy",
       *         "store": "redis"
       *       },
       *       "application": {
       *         "status": "healthy",
       *         "uptime_seconds": 3600
       *       }
       *     }
       */
      checks: {
        /** @description Postgres. */
        database: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description Connections to the database that are left. */
        connections: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description The disk that the data is on. */
        disk: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description Where jobs wait. */
        queue: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description Processes that work on orders. */
        workers: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description Processes that watch the time. */
        scheduler: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description Events that wait to be sent. */
        outbox: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description Orders that wait for their turn, and how long that will take. */
        backlog: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description How far the stream of events is behind. */
        feed: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description Whether stock agrees with its ledger. */
        stock: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description Products of which somebody holds the stock for long. */
        stock_locks: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description What counts the requests of clients; `none` when nothing is limited. */
        rate_limits: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
        /** @description What is in the shop. */
        application: {
          /**
           * @description Where it is on its way.
           * @example healthy
           * @enum {string}
           */
          status: 'healthy' | 'degraded' | 'unhealthy';
          /** @description What is wrong. */
          message?: string;
        } & {
          [key: string]: unknown;
        };
      };
      /** @description The machine that answers. */
      system: {
        /**
         * @description Of all processors, in percent.
         * @example 12.5
         */
        cpu_percent: number;
        /**
         * @description Memory in use, in percent.
         * @example 12.5
         */
        memory_percent: number;
        /**
         * @description Disk in use, in percent.
         * @example 12.5
         */
        disk_percent: number;
        /**
         * @description Over 1, 5 and 15 minutes.
         * @example [
         *       0.42,
         *       0.36,
         *       0.3
         *     ]
         */
        load_average: number[];
      };
    };
    Alive: {
      /**
       * @description Always `ok`: the process answers.
       * @enum {string}
       */
      status: 'alive';
    };
    /**
     * @example {
     *       "status": "ok",
     *       "info": {
     *         "database": {
     *           "status": "up"
     *         }
     *       },
     *       "error": {},
     *       "details": {
     *         "database": {
     *           "status": "up"
     *         }
     *       }
     *     }
     */
    Ready: {
      /**
       * @description `ok` when requests can be served.
       * @enum {string}
       */
      status: 'ok';
      /** @description What is well. */
      info: {
        [key: string]: unknown;
      };
      /** @description What is not. */
      error: {
        [key: string]: unknown;
      };
      /** @description Everything that was looked at. */
      details: {
        [key: string]: unknown;
      };
    };
    Machine: {
      /**
       * Format: date-time
       * @description When this was looked at.
       * @example 2026-11-20T10:00:00.000Z
       */
      timestamp: string;
      /** @description The processors. */
      cpu: {
        /**
         * @description In use, in percent.
         * @example 12.5
         */
        percent: number;
        /**
         * @description How many there are.
         * @example 4
         */
        count: number;
        /**
         * @description Over 1, 5 and 15 minutes.
         * @example [
         *       0.42,
         *       0.36,
         *       0.3
         *     ]
         */
        load_average: number[];
      };
      /** @description The memory. */
      memory: {
        /**
         * @description All of it, in GiB.
         * @example 16
         */
        total_gib: number;
        /**
         * @description What is free, in GiB.
         * @example 9.5
         */
        available_gib: number;
        /**
         * @description In use, in percent.
         * @example 12.5
         */
        percent: number;
        /**
         * @description What this process holds, in MiB.
         * @example 140
         */
        process_rss_mib: number;
      };
      /** @description The disk that the data is on. */
      disk: {
        /**
         * @description All of it, in GiB.
         * @example 250
         */
        total_gib: number;
        /**
         * @description What is free, in GiB.
         * @example 120
         */
        free_gib: number;
        /**
         * @description In use, in percent.
         * @example 12.5
         */
        percent: number;
      };
      /** @description The process that answers. */
      processes: {
        /**
         * @description The number of the process.
         * @example 4711
         */
        pid: number;
        /**
         * @description How long it has been running, in seconds.
         * @example 3600
         */
        uptime_seconds: number;
      };
      /**
       * Format: date-time
       * @description When the machine was started.
       * @example 2026-11-20T10:00:00.000Z
       */
      boot_time: string;
    };
  };
  responses: {
    /** @description The request needs a credential, or the one that it shows is not good; `WWW-Authenticate` names those that there are. */
    CredentialNeeded: {
      headers: {
        'X-Request-Id': components['headers']['XRequestId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Too many requests: try again after Retry-After seconds. */
    TooManyRequests: {
      headers: {
        'X-Request-Id': components['headers']['XRequestId'];
        RateLimit: components['headers']['RateLimit'];
        'RateLimit-Policy': components['headers']['RateLimitPolicy'];
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description Busy or restarting: try again after Retry-After seconds. */
    Unavailable: {
      headers: {
        'X-Request-Id': components['headers']['XRequestId'];
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The body is too large. */
    BodyTooLarge: {
      headers: {
        'X-Request-Id': components['headers']['XRequestId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description The body is not JSON. */
    BodyNotJson: {
      headers: {
        'X-Request-Id': components['headers']['XRequestId'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /**
     * @description Where it can be read.
     * @example /api/v1/orders/0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11/
     */
    Location: string;
    /**
     * @description The version, in quotes. Send it as If-Match to change only this version.
     * @example "1"
     */
    ETag: string;
    /**
     * @description Seconds to wait before trying again.
     * @example 1
     */
    RetryAfter: number;
    /**
     * @description Of the limit by its name: how many requests are left (r) and in how many seconds it begins anew (t).
     * @example "anonymous";r=0;t=35
     */
    RateLimit: string;
    /**
     * @description The limit by its name: so many requests (q) in so many seconds (w).
     * @example "anonymous";q=100;w=3600
     */
    RateLimitPolicy: string;
    /**
     * @description Of this request, also in the logs and in the history of what it changed: your own if you sent one.
     * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
     */
    XRequestId: string;
    /**
     * @description The preference that was followed.
     * @example respond-async
     */
    PreferenceApplied: string;
    /**
     * @description `true` when this is the stored reply to an earlier request with the same key; else not there.
     * @example true
     */
    IdempotencyReplayed: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  orders_list: {
    parameters: {
      query?: {
        /** @description Repeat it for several. For example `pending`, `processing`. */
        status?: ('pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'failed')[];
        /** @description Only this one. For example `normal`. */
        priority?: 'low' | 'normal' | 'high';
        /** @description The whole address; letters are equal whatever their case and Unicode form. For example `john@example.com`. */
        customer_email?: string;
        /** @description Beginnings of words of the name, e-mail address or external reference, or of their parts (but the end of a domain), or of the order id. All words must be found; case, accents and Unicode form do not matter. For example `john`. */
        search?: string;
        /** @description Only orders past the deadline of their status that do not wait for their turn. For example `false`. */
        stale_only?: boolean;
        /** @description Created at or after this time or date. For example `2026-01-01`. */
        date_from?: string;
        /** @description Created before; a date includes that day. For example `2030-12-31`. */
        date_to?: string;
        /** @description With a minus, the greatest first. Orders of one state are sorted by their time. By amount and by update at most 10000 orders are sorted: use filters when there are more. */
        ordering?:
          | 'created_at'
          | '-created_at'
          | 'status'
          | '-status'
          | 'total_amount'
          | '-total_amount'
          | 'updated_at'
          | '-updated_at';
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *           "customer_name": "John Doe",
           *           "customer_email": "john@example.com",
           *           "status": "pending",
           *           "total_amount": "199.98",
           *           "currency": "USD",
           *           "priority": "normal",
           *           "items_count": 2,
           *           "current_state_since": "2026-11-20T10:00:00.000Z",
           *           "time_in_current_status_minutes": 3.5,
           *           "is_stale": false,
           *           "created_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['OrderPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orders_place: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every order. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "customer_name": "John Doe",
         *       "customer_email": "john@example.com",
         *       "priority": "normal",
         *       "items": [
         *         {
         *           "product_id": 1,
         *           "quantity": 2
         *         },
         *         {
         *           "product_id": 3,
         *           "quantity": 1
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['PlaceOrder'];
      };
    };
    responses: {
      /** @description The order is placed and its stock reserved. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "customer_name": "John Doe",
           *       "customer_email": "john@example.com",
           *       "status": "processing",
           *       "total_amount": "2027.99",
           *       "currency": "USD",
           *       "priority": "normal",
           *       "items_count": 2,
           *       "current_state_since": "2026-11-20T10:00:02.400Z",
           *       "time_in_current_status_minutes": 3.5,
           *       "is_stale": false,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "shipping_address": "1 Main Street, Springfield",
           *       "billing_address": null,
           *       "payment_method": null,
           *       "tracking_number": null,
           *       "notes": null,
           *       "external_reference": null,
           *       "declared_total": null,
           *       "version": 2,
           *       "processing_started_at": "2026-11-20T10:00:02.400Z",
           *       "completed_at": null,
           *       "updated_at": "2026-11-20T10:00:02.400Z",
           *       "failure_reason": null,
           *       "time_in_current_status": {
           *         "total_seconds": 210,
           *         "minutes": 3.5,
           *         "human_readable": "3 minutes 30 seconds"
           *       },
           *       "items": [
           *         {
           *           "product_id": 1,
           *           "product_name": "Laptop",
           *           "product_sku": "LAP-001",
           *           "quantity": 2,
           *           "price": "999.00",
           *           "total_price": "1998.00"
           *         },
           *         {
           *           "product_id": 3,
           *           "product_name": "Mouse",
           *           "product_sku": "MOU-003",
           *           "quantity": 1,
           *           "price": "29.99",
           *           "total_price": "29.99"
           *         }
           *       ],
           *       "status_history": [
           *         {
           *           "from_status": null,
           *           "to_status": "pending",
           *           "changed_at": "2026-11-20T10:00:00.000Z",
           *           "processed_by": "api",
           *           "notes": null,
           *           "processing_time_seconds": null
           *         },
           *         {
           *           "from_status": "pending",
           *           "to_status": "processing",
           *           "changed_at": "2026-11-20T10:00:02.400Z",
           *           "processed_by": "worker",
           *           "notes": null,
           *           "processing_time_seconds": 2.4
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['Order'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orders_detail: {
    parameters: {
      query?: {
        /** @description The order as it was at this time, or at the beginning of this date. For example `2030-01-01`. */
        as_of?: string;
      };
      header?: never;
      path: {
        /**
         * @description The order, by the `order_id` of the answers of placing and listing orders. The demo data has this one.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        order_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "customer_name": "John Doe",
           *       "customer_email": "john@example.com",
           *       "status": "processing",
           *       "total_amount": "2027.99",
           *       "currency": "USD",
           *       "priority": "normal",
           *       "items_count": 2,
           *       "current_state_since": "2026-11-20T10:00:02.400Z",
           *       "time_in_current_status_minutes": 3.5,
           *       "is_stale": false,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "shipping_address": "1 Main Street, Springfield",
           *       "billing_address": null,
           *       "payment_method": null,
           *       "tracking_number": null,
           *       "notes": null,
           *       "external_reference": null,
           *       "declared_total": null,
           *       "version": 2,
           *       "processing_started_at": "2026-11-20T10:00:02.400Z",
           *       "completed_at": null,
           *       "updated_at": "2026-11-20T10:00:02.400Z",
           *       "failure_reason": null,
           *       "time_in_current_status": {
           *         "total_seconds": 210,
           *         "minutes": 3.5,
           *         "human_readable": "3 minutes 30 seconds"
           *       },
           *       "items": [
           *         {
           *           "product_id": 1,
           *           "product_name": "Laptop",
           *           "product_sku": "LAP-001",
           *           "quantity": 2,
           *           "price": "999.00",
           *           "total_price": "1998.00"
           *         },
           *         {
           *           "product_id": 3,
           *           "product_name": "Mouse",
           *           "product_sku": "MOU-003",
           *           "quantity": 1,
           *           "price": "29.99",
           *           "total_price": "29.99"
           *         }
           *       ],
           *       "status_history": [
           *         {
           *           "from_status": null,
           *           "to_status": "pending",
           *           "changed_at": "2026-11-20T10:00:00.000Z",
           *           "processed_by": "api",
           *           "notes": null,
           *           "processing_time_seconds": null
           *         },
           *         {
           *           "from_status": "pending",
           *           "to_status": "processing",
           *           "changed_at": "2026-11-20T10:00:02.400Z",
           *           "processed_by": "worker",
           *           "notes": null,
           *           "processing_time_seconds": 2.4
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['Order'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orders_remove: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that you have read, such as "3". For example `"1"`. */
        'If-Match'?: string;
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The order, by the `order_id` of the answers of placing and listing orders. The demo data has this one.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c12
         */
        order_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is cancelled. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It was changed since the ETag in If-Match. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orders_amend: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
        /** @description The ETag that you have read, such as "3". For example `"1"`. */
        'If-Match'?: string;
      };
      path: {
        /**
         * @description The order, by the `order_id` of the answers of placing and listing orders. The demo data has this one.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        order_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "notes": "Leave it with the neighbour.",
         *       "tracking_number": "1Z999AA10123456784"
         *     }
         */
        'application/json': components['schemas']['AmendOrder'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "customer_name": "John Doe",
           *       "customer_email": "john@example.com",
           *       "status": "processing",
           *       "total_amount": "2027.99",
           *       "currency": "USD",
           *       "priority": "normal",
           *       "items_count": 2,
           *       "current_state_since": "2026-11-20T10:00:02.400Z",
           *       "time_in_current_status_minutes": 3.5,
           *       "is_stale": false,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "shipping_address": "1 Main Street, Springfield",
           *       "billing_address": null,
           *       "payment_method": null,
           *       "tracking_number": null,
           *       "notes": null,
           *       "external_reference": null,
           *       "declared_total": null,
           *       "version": 2,
           *       "processing_started_at": "2026-11-20T10:00:02.400Z",
           *       "completed_at": null,
           *       "updated_at": "2026-11-20T10:00:02.400Z",
           *       "failure_reason": null,
           *       "time_in_current_status": {
           *         "total_seconds": 210,
           *         "minutes": 3.5,
           *         "human_readable": "3 minutes 30 seconds"
           *       },
           *       "items": [
           *         {
           *           "product_id": 1,
           *           "product_name": "Laptop",
           *           "product_sku": "LAP-001",
           *           "quantity": 2,
           *           "price": "999.00",
           *           "total_price": "1998.00"
           *         },
           *         {
           *           "product_id": 3,
           *           "product_name": "Mouse",
           *           "product_sku": "MOU-003",
           *           "quantity": 1,
           *           "price": "29.99",
           *           "total_price": "29.99"
           *         }
           *       ],
           *       "status_history": [
           *         {
           *           "from_status": null,
           *           "to_status": "pending",
           *           "changed_at": "2026-11-20T10:00:00.000Z",
           *           "processed_by": "api",
           *           "notes": null,
           *           "processing_time_seconds": null
           *         },
           *         {
           *           "from_status": "pending",
           *           "to_status": "processing",
           *           "changed_at": "2026-11-20T10:00:02.400Z",
           *           "processed_by": "worker",
           *           "notes": null,
           *           "processing_time_seconds": 2.4
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['Order'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It was changed since the ETag in If-Match. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orders_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
        /** @description The ETag that you have read, such as "3". For example `"1"`. */
        'If-Match'?: string;
      };
      path: {
        /**
         * @description The order, by the `order_id` of the answers of placing and listing orders. The demo data has this one.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        order_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "reason": "The customer changed their mind."
         *     }
         */
        'application/json': components['schemas']['CancelOrder'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "message": "Order cancelled. Its stock is available again.",
           *       "new_status": "cancelled"
           *     }
           */
          'application/json': components['schemas']['OrderCancelled'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It was changed since the ETag in If-Match. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orderHistory: {
    parameters: {
      query?: {
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path: {
        /**
         * @description The order, by the `order_id` of the answers of placing and listing orders. The demo data has this one.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        order_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "changed_date": "2026-11-20T10:00:02.500Z",
           *           "version": 2,
           *           "changed_by": "worker",
           *           "change_type": "updated",
           *           "change_reason": null,
           *           "request_id": null,
           *           "changes": [
           *             {
           *               "field": "status",
           *               "from": "pending",
           *               "to": "processing"
           *             }
           *           ],
           *           "status": "processing",
           *           "customer_name": "John Doe",
           *           "customer_email": "john@example.com",
           *           "total_amount": "199.98"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['OrderChangePage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orderHistory_status: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The order, by the `order_id` of the answers of placing and listing orders. The demo data has this one.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        order_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "status": "processing",
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "current_state_since": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['OrderStatus'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orderBatches_detail: {
    parameters: {
      query?: {
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path: {
        /**
         * @description The batch, by the `batch_id` of the answer of placing orders in bulk. The demo data has this one.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22
         */
        batch_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "batch_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22",
           *       "status": "processing",
           *       "error_policy": "reject_failed",
           *       "total_orders": 5000,
           *       "processed_orders": 2000,
           *       "successful_orders": 1990,
           *       "failed_orders": 10,
           *       "progress_percent": 40,
           *       "failure_reason": null,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "completed_at": "2026-11-20T10:00:00.000Z",
           *       "results": {
           *         "count": 1,
           *         "count_is_capped": false,
           *         "next": null,
           *         "previous": null,
           *         "results": [
           *           {
           *             "index": 0,
           *             "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11"
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': components['schemas']['OrderBatch'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orderBatches_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description `respond-async`: answer 202, let a worker place them. For example `respond-async`. */
        Prefer?: string;
        /** @description 1 to 255 visible ASCII characters; for the whole request. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "orders": [
         *         {
         *           "customer_name": "Customer 1",
         *           "customer_email": "customer1@example.com",
         *           "items": [
         *             {
         *               "product_id": 1,
         *               "quantity": 1
         *             }
         *           ]
         *         },
         *         {
         *           "customer_name": "Customer 2",
         *           "customer_email": "customer2@example.com",
         *           "items": [
         *             {
         *               "product_id": 2,
         *               "quantity": 2
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['BulkCreate'];
      };
    };
    responses: {
      /** @description A dry run: this would have been the answer. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "batch_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22",
           *       "order_ids": [
           *         "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11"
           *       ],
           *       "total_orders": 2,
           *       "successful_orders": 1,
           *       "failed_orders": 1,
           *       "status": "partial",
           *       "results": [
           *         {
           *           "index": 0,
           *           "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11"
           *         },
           *         {
           *           "index": 1,
           *           "error": {
           *             "code": "VALIDATION_FAILED",
           *             "message": "The order is not valid.",
           *             "errors": [
           *               {
           *                 "field": "orders[1].items",
           *                 "code": "invalid_value",
           *                 "message": "Duplicate products are not allowed in the same order."
           *               }
           *             ]
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['BulkCreated'];
        };
      };
      /** @description All orders are placed, or some. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "batch_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22",
           *       "order_ids": [
           *         "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11"
           *       ],
           *       "total_orders": 2,
           *       "successful_orders": 1,
           *       "failed_orders": 1,
           *       "status": "partial",
           *       "results": [
           *         {
           *           "index": 0,
           *           "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11"
           *         },
           *         {
           *           "index": 1,
           *           "error": {
           *             "code": "VALIDATION_FAILED",
           *             "message": "The order is not valid.",
           *             "errors": [
           *               {
           *                 "field": "orders[1].items",
           *                 "code": "invalid_value",
           *                 "message": "Duplicate products are not allowed in the same order."
           *               }
           *             ]
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['BulkCreated'];
        };
      };
      /** @description The orders are stored and wait for a worker. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          'Preference-Applied': components['headers']['PreferenceApplied'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "batch_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22",
           *       "status": "processing",
           *       "error_policy": "reject_failed",
           *       "total_orders": 5000,
           *       "processed_orders": 2000,
           *       "successful_orders": 1990,
           *       "failed_orders": 10,
           *       "progress_percent": 40,
           *       "failure_reason": null,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "completed_at": "2026-11-20T10:00:00.000Z",
           *       "results": {
           *         "count": 1,
           *         "count_is_capped": false,
           *         "next": null,
           *         "previous": null,
           *         "results": [
           *           {
           *             "index": 0,
           *             "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11"
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': components['schemas']['OrderBatch'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orderStatistics_read: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "total_orders": 12,
           *       "status_breakdown": {
           *         "pending": 12,
           *         "processing": 12,
           *         "shipped": 12,
           *         "delivered": 12,
           *         "cancelled": 12,
           *         "failed": 12
           *       },
           *       "stale_orders": 12,
           *       "recent_orders_24h": 12,
           *       "completion_rate": 91.7,
           *       "average_processing_seconds": 8.4,
           *       "revenue_24h": "1234.50"
           *     }
           */
          'application/json': components['schemas']['OrderStatistics'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  orderStream: {
    parameters: {
      query?: {
        /** @description Only these orders. Repeat it for several. For example `0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11`. */
        order_id?: string[];
        /** @description Only changes to this status. Repeat it for several. For example `pending`. */
        status?: ('pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'failed')[];
        /** @description For clients that cannot send the header Last-Event-ID, which counts more. For example `text`. */
        last_event_id?: string;
      };
      header?: {
        /** @description The last `id` that was received. Opaque. For example `1`. */
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream. It ends when the server stops: come back after `retry` milliseconds. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example retry: 3000
           *     id: 81732-0-00000000-0000-0000-0000-000000000000
           *
           *     id: 81732-1-0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c12
           *     event: status
           *     data: {"order_id":"0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11","from_status":null,"to_status":"pending","version":1,"occurred_at":"2026-11-20T10:00:00.000Z","request_id":"shop-4711"}
           *
           *     : heartbeat
           *     id: 81740-0-00000000-0000-0000-0000-000000000000
           */
          'text/event-stream': string;
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  products_list: {
    parameters: {
      query?: {
        /** @description Words of the name, SKU or description: all must be found, three letters and more anywhere, fewer at the beginning of a part of a word. Case, accents and Unicode form do not matter. For example `laptop`. */
        search?: string;
        /** @description Only products that are for sale, or only those that are not. For example `true`. */
        is_active?: boolean;
        /** @description With a minus, the greatest first. */
        ordering?: 'name' | '-name' | 'price' | '-price' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at';
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": 1,
           *           "name": "Laptop",
           *           "description": "Grip on wet rock, light enough for a long day.",
           *           "price": "999.00",
           *           "currency": "USD",
           *           "sku": "LAP-001",
           *           "is_active": true,
           *           "stock": 40,
           *           "reserved_stock": 2,
           *           "available_stock": 38,
           *           "version": 1,
           *           "created_at": "2026-11-20T10:00:00.000Z",
           *           "updated_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ProductPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  products_add: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Trail running shoes",
         *       "sku": "SHOE-TRAIL-42",
         *       "price": "129.90",
         *       "initial_stock": 25
         *     }
         */
        'application/json': components['schemas']['AddProduct'];
      };
    };
    responses: {
      /** @description Created. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "name": "Laptop",
           *       "description": "Grip on wet rock, light enough for a long day.",
           *       "price": "999.00",
           *       "currency": "USD",
           *       "sku": "LAP-001",
           *       "is_active": true,
           *       "stock": 40,
           *       "reserved_stock": 2,
           *       "available_stock": 38,
           *       "version": 1,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "updated_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Product'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  products_detail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The product. The demo data has 1 to 50.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "name": "Laptop",
           *       "description": "Grip on wet rock, light enough for a long day.",
           *       "price": "999.00",
           *       "currency": "USD",
           *       "sku": "LAP-001",
           *       "is_active": true,
           *       "stock": 40,
           *       "reserved_stock": 2,
           *       "available_stock": 38,
           *       "version": 1,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "updated_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Product'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  products_deactivate: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
        /** @description The ETag that you have read, such as "3". For example `"1"`. */
        'If-Match'?: string;
      };
      path: {
        /**
         * @description The product. The demo data has 1 to 50.
         * @example 50
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is not active. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It was changed since the ETag in If-Match. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  products_revise: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
        /** @description The ETag that you have read, such as "3". For example `"1"`. */
        'If-Match'?: string;
      };
      path: {
        /**
         * @description The product. The demo data has 1 to 50.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "price": "119.90",
         *       "minimum_threshold": 5
         *     }
         */
        'application/json': components['schemas']['ReviseProduct'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "name": "Laptop",
           *       "description": "Grip on wet rock, light enough for a long day.",
           *       "price": "999.00",
           *       "currency": "USD",
           *       "sku": "LAP-001",
           *       "is_active": true,
           *       "stock": 40,
           *       "reserved_stock": 2,
           *       "available_stock": 38,
           *       "version": 1,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "updated_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Product'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It was changed since the ETag in If-Match. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  productReports_history: {
    parameters: {
      query?: {
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path: {
        /**
         * @description The product. The demo data has 1 to 50.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "changed_date": "2026-11-20T10:00:02.500Z",
           *           "version": 2,
           *           "changed_by": "worker",
           *           "change_type": "updated",
           *           "change_reason": null,
           *           "request_id": null,
           *           "changes": [
           *             {
           *               "field": "price",
           *               "from": "999.00",
           *               "to": "899.00"
           *             }
           *           ],
           *           "name": "Laptop",
           *           "sku": "LAP-001",
           *           "price": "899.00",
           *           "is_active": true
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ProductChangePage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  productReports_stockHistory: {
    parameters: {
      query?: {
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path: {
        /**
         * @description The product. The demo data has 1 to 50.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": 17,
           *           "transaction_id": "MOV-0000000017",
           *           "product_id": 1,
           *           "product_name": "Laptop",
           *           "product_sku": "LAP-001",
           *           "transaction_type": "RESERVE",
           *           "quantity": 2,
           *           "previous_quantity": 40,
           *           "new_quantity": 40,
           *           "previous_reserved": 0,
           *           "new_reserved": 2,
           *           "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *           "reference_number": null,
           *           "notes": null,
           *           "processed_by": "api",
           *           "idempotency_key": null,
           *           "created_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['StockMovementPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  productReports_lowStock: {
    parameters: {
      query?: {
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": 1,
           *           "name": "Laptop",
           *           "description": "Grip on wet rock, light enough for a long day.",
           *           "price": "999.00",
           *           "currency": "USD",
           *           "sku": "LAP-001",
           *           "is_active": true,
           *           "stock": 40,
           *           "reserved_stock": 2,
           *           "available_stock": 38,
           *           "version": 1,
           *           "created_at": "2026-11-20T10:00:00.000Z",
           *           "updated_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ProductPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  inventory_list: {
    parameters: {
      query?: {
        /** @description Words of the product's name or SKU: all must be found, three letters and more anywhere, fewer at the beginning of a part of a word. Case, accents and Unicode form do not matter. For example `laptop`. */
        search?: string;
        /** @description Only where available ≤ minimum_threshold. For example `true`. */
        low_stock?: boolean;
        /** @description Only where nothing is available. For example `true`. */
        out_of_stock?: boolean;
        /** @description With a minus, the greatest first. By quantity and by update, and by name with a filter, at most 10000 are sorted: use filters when there are more. */
        ordering?:
          'product_id' | '-product_id' | 'name' | '-name' | 'quantity' | '-quantity' | 'updated_at' | '-updated_at';
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": 1,
           *           "product_id": 1,
           *           "product_name": "Laptop",
           *           "product_sku": "LAP-001",
           *           "quantity": 40,
           *           "reserved_quantity": 2,
           *           "available_quantity": 38,
           *           "minimum_threshold": 10,
           *           "maximum_capacity": 1000,
           *           "is_low_stock": false,
           *           "version": 4,
           *           "created_at": "2026-11-20T10:00:00.000Z",
           *           "updated_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['InventoryPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  inventory_detail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The product. The demo data has 1 to 50.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "product_id": 1,
           *       "product_name": "Laptop",
           *       "product_sku": "LAP-001",
           *       "quantity": 40,
           *       "reserved_quantity": 2,
           *       "available_quantity": 38,
           *       "minimum_threshold": 10,
           *       "maximum_capacity": 1000,
           *       "is_low_stock": false,
           *       "version": 4,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "updated_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['InventoryItem'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  inventory_adjust: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The product. The demo data has 1 to 50.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "adjustment_type": "add",
         *       "quantity": 5,
         *       "notes": "Delivery",
         *       "reference_number": "PO-1001"
         *     }
         */
        'application/json': components['schemas']['AdjustStock'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "success": true,
           *       "previous_quantity": 40,
           *       "new_quantity": 45,
           *       "adjustment": 5
           *     }
           */
          'application/json': components['schemas']['StockAdjusted'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  inventory_transactions: {
    parameters: {
      query?: {
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path: {
        /**
         * @description The product. The demo data has 1 to 50.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": 17,
           *           "transaction_id": "MOV-0000000017",
           *           "product_id": 1,
           *           "product_name": "Laptop",
           *           "product_sku": "LAP-001",
           *           "transaction_type": "RESERVE",
           *           "quantity": 2,
           *           "previous_quantity": 40,
           *           "new_quantity": 40,
           *           "previous_reserved": 0,
           *           "new_reserved": 2,
           *           "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *           "reference_number": null,
           *           "notes": null,
           *           "processed_by": "api",
           *           "idempotency_key": null,
           *           "created_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['StockMovementPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  inventory_reconcile: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        /**
         * @example {
         *       "dry_run": true
         *     }
         */
        'application/json': components['schemas']['ReconcileStock'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "dry_run": true,
           *       "checked": 50,
           *       "drifted": [
           *         {
           *           "product_id": 1,
           *           "quantity": 41,
           *           "reserved_quantity": 2,
           *           "ledger_quantity": 40,
           *           "ledger_reserved": 2
           *         }
           *       ],
           *       "repaired": 0
           *     }
           */
          'application/json': components['schemas']['StockReconciled'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  inventory_summary: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "total_items": 50,
           *       "low_stock_items": 4,
           *       "out_of_stock_items": 3,
           *       "healthy_stock_items": 43
           *     }
           */
          'application/json': components['schemas']['InventorySummary'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simpleMetrics_read: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "total_orders": 12,
           *       "pending_orders": 12,
           *       "processing_orders": 12,
           *       "completed_orders": 12,
           *       "average_processing_time": 8.4,
           *       "last_updated": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['SimpleMetrics'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simpleOrders_list: {
    parameters: {
      query?: {
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *           "user_id": "user44",
           *           "item_ids": [
           *             1,
           *             2,
           *             3
           *           ],
           *           "total_amount": "90.99",
           *           "declared_total": "90.99",
           *           "status": "PENDING",
           *           "created_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SimpleOrderPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simpleOrders_place: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "user_id": "user44",
         *       "item_ids": [
         *         1,
         *         2,
         *         3
         *       ],
         *       "total_amount": 90.99
         *     }
         */
        'application/json': components['schemas']['PlaceSimpleOrder'];
      };
    };
    responses: {
      /** @description Created. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "user_id": "user44",
           *       "item_ids": [
           *         1,
           *         2,
           *         3
           *       ],
           *       "total_amount": "90.99",
           *       "declared_total": "90.99",
           *       "status": "PENDING",
           *       "created_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['SimpleOrder'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simpleOrders_detail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The order, by the id that it was placed with.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        order_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "user_id": "user44",
           *       "item_ids": [
           *         1,
           *         2,
           *         3
           *       ],
           *       "total_amount": "90.99",
           *       "declared_total": "90.99",
           *       "status": "PENDING",
           *       "created_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['SimpleOrder'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simpleOrders_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag that you have read, such as "3". For example `"1"`. */
        'If-Match'?: string;
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The order, by the id that it was placed with.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c13
         */
        order_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is cancelled. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description It was changed since the ETag in If-Match. */
      412: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simpleOrders_status: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The order, by the id that it was placed with.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        order_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "order_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "status": "PENDING",
           *       "created_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['SimpleOrderStatus'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  jwks_read: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "keys": [
           *         {
           *           "kty": "OKP",
           *           "crv": "Ed25519",
           *           "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
           *           "kid": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca2",
           *           "alg": "EdDSA",
           *           "use": "sig"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['Jwks'];
        };
      };
    };
  };
  apiKeys_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *           "name": "web shop",
           *           "prefix": "ofk_a1B2c3D4",
           *           "permissions": [
           *             "orders:own",
           *             "products:read"
           *           ],
           *           "expires_at": "2026-11-20T10:00:00.000Z",
           *           "created_at": "2026-11-20T10:00:00.000Z",
           *           "last_used_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ApiKeyPage'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  apiKeys_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "web shop",
         *       "permissions": [
         *         "orders:write",
         *         "products:read"
         *       ]
         *     }
         */
        'application/json': components['schemas']['CreateApiKey'];
      };
    };
    responses: {
      /** @description Created. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *       "name": "web shop",
           *       "prefix": "ofk_a1B2c3D4",
           *       "permissions": [
           *         "orders:own",
           *         "products:read"
           *       ],
           *       "expires_at": "2026-11-20T10:00:00.000Z",
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "last_used_at": "2026-11-20T10:00:00.000Z",
           *       "key": "ofk_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V"
           *     }
           */
          'application/json': components['schemas']['CreatedApiKey'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  apiKeys_revoke: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The key.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is revoked. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  auth_login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "username": "ada",
         *       "password": "correct horse battery"
         *     }
         */
        'application/json': components['schemas']['Login'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "access": "eyJhbGciOiJFZERTQSJ9.e30.c2ln",
           *       "refresh": "oft_the-refresh-token-of-the-last-answer",
           *       "expires_in": 900,
           *       "user": {
           *         "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *         "username": "ada",
           *         "email": "ada@example.com",
           *         "role": "customer",
           *         "is_active": true,
           *         "created_at": "2026-11-20T10:00:00.000Z",
           *         "updated_at": "2026-11-20T10:00:00.000Z"
           *       }
           *     }
           */
          'application/json': components['schemas']['Session'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request needs a credential, or the one that it shows is not good; `WWW-Authenticate` names those that there are. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description Too many requests: try again after Retry-After seconds. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimitPolicy'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      503: components['responses']['Unavailable'];
    };
  };
  auth_logout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "refresh": "oft_the-refresh-token-of-the-last-answer"
         *     }
         */
        'application/json': components['schemas']['Refresh'];
      };
    };
    responses: {
      /** @description The session is over, or there was none. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  auth_me: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "kind": "user",
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *       "user": {
           *         "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *         "username": "ada",
           *         "email": "ada@example.com",
           *         "role": "customer",
           *         "is_active": true,
           *         "created_at": "2026-11-20T10:00:00.000Z",
           *         "updated_at": "2026-11-20T10:00:00.000Z"
           *       },
           *       "permissions": [
           *         "orders:own",
           *         "products:read"
           *       ]
           *     }
           */
          'application/json': components['schemas']['Caller'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  auth_password: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "current_password": "correct horse battery",
         *       "new_password": "another long sentence"
         *     }
         */
        'application/json': components['schemas']['ChangePassword'];
      };
    };
    responses: {
      /** @description It is changed. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Too many requests: try again after Retry-After seconds. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimitPolicy'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      503: components['responses']['Unavailable'];
    };
  };
  auth_refresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "refresh": "oft_the-refresh-token-of-the-last-answer"
         *     }
         */
        'application/json': components['schemas']['Refresh'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "access": "eyJhbGciOiJFZERTQSJ9.e30.c2ln",
           *       "refresh": "oft_the-refresh-token-of-the-last-answer",
           *       "expires_in": 900,
           *       "user": {
           *         "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *         "username": "ada",
           *         "email": "ada@example.com",
           *         "role": "customer",
           *         "is_active": true,
           *         "created_at": "2026-11-20T10:00:00.000Z",
           *         "updated_at": "2026-11-20T10:00:00.000Z"
           *       }
           *     }
           */
          'application/json': components['schemas']['Session'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request needs a credential, or the one that it shows is not good; `WWW-Authenticate` names those that there are. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  auth_register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "username": "ada",
         *       "password": "correct horse battery",
         *       "email": "ada@example.com"
         *     }
         */
        'application/json': components['schemas']['Register'];
      };
    };
    responses: {
      /** @description Created. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "access": "eyJhbGciOiJFZERTQSJ9.e30.c2ln",
           *       "refresh": "oft_the-refresh-token-of-the-last-answer",
           *       "expires_in": 900,
           *       "user": {
           *         "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *         "username": "ada",
           *         "email": "ada@example.com",
           *         "role": "customer",
           *         "is_active": true,
           *         "created_at": "2026-11-20T10:00:00.000Z",
           *         "updated_at": "2026-11-20T10:00:00.000Z"
           *       }
           *     }
           */
          'application/json': components['schemas']['Session'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  users_list: {
    parameters: {
      query?: {
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *           "username": "ada",
           *           "email": "ada@example.com",
           *           "role": "customer",
           *           "is_active": true,
           *           "created_at": "2026-11-20T10:00:00.000Z",
           *           "updated_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['UserPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  users_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "username": "linus",
         *       "password": "correct horse battery",
         *       "role": "operator"
         *     }
         */
        'application/json': components['schemas']['CreateUser'];
      };
    };
    responses: {
      /** @description Created. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *       "username": "ada",
           *       "email": "ada@example.com",
           *       "role": "customer",
           *       "is_active": true,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "updated_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  users_detail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The account.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *       "username": "ada",
           *       "email": "ada@example.com",
           *       "role": "customer",
           *       "is_active": true,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "updated_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  users_deactivate: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The account.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is deactivated. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  users_update: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The account.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "role": "manager"
         *     }
         */
        'application/json': components['schemas']['UpdateUser'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *       "username": "ada",
           *       "email": "ada@example.com",
           *       "role": "customer",
           *       "is_active": true,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "updated_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simpleUsers_detail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The account.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *       "username": "ada",
           *       "email": "ada@example.com",
           *       "role": "customer",
           *       "is_active": true,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "updated_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simpleUsers_login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "username": "grace",
         *       "password": "correct horse battery"
         *     }
         */
        'application/json': components['schemas']['LoginSimply'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "access": "eyJhbGciOiJFZERTQSJ9.e30.c2ln",
           *       "refresh": "oft_the-refresh-token-of-the-last-answer",
           *       "expires_in": 900,
           *       "user": {
           *         "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *         "username": "ada",
           *         "email": "ada@example.com",
           *         "role": "customer",
           *         "is_active": true,
           *         "created_at": "2026-11-20T10:00:00.000Z",
           *         "updated_at": "2026-11-20T10:00:00.000Z"
           *       }
           *     }
           */
          'application/json': components['schemas']['Session'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request needs a credential, or the one that it shows is not good; `WWW-Authenticate` names those that there are. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description Too many requests: try again after Retry-After seconds. */
      429: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          RateLimit: components['headers']['RateLimit'];
          'RateLimit-Policy': components['headers']['RateLimitPolicy'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      503: components['responses']['Unavailable'];
    };
  };
  simpleUsers_register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "username": "grace",
         *       "password": "correct horse battery"
         *     }
         */
        'application/json': components['schemas']['RegisterSimply'];
      };
    };
    responses: {
      /** @description Created. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "access": "eyJhbGciOiJFZERTQSJ9.e30.c2ln",
           *       "refresh": "oft_the-refresh-token-of-the-last-answer",
           *       "expires_in": 900,
           *       "user": {
           *         "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *         "username": "ada",
           *         "email": "ada@example.com",
           *         "role": "customer",
           *         "is_active": true,
           *         "created_at": "2026-11-20T10:00:00.000Z",
           *         "updated_at": "2026-11-20T10:00:00.000Z"
           *       }
           *     }
           */
          'application/json': components['schemas']['Session'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  audit_list: {
    parameters: {
      query?: {
        /** @description Who did it, as the entries say it: `user:<id>`, `api_key:<id>`, `worker`, `scheduler`, `cli`, or `api` for requests without a credential. For example `user:0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1`. */
        actor?: string;
        /** @description To what kind of thing. `stock`: what is on hand was received, counted, taken out or written off; what orders take of it is in the ledger of the product. `user`: accounts and their credentials. For example `stock`. */
        entity?: 'order' | 'product' | 'stock' | 'user';
        /** @description To which one: of an order or account its UUID, of a product or its stock the number. Needs `entity`. For example `1`. */
        id?: string;
        /** @description What was done. For example `adjust`. */
        action?:
          | 'created'
          | 'updated'
          | 'deleted'
          | 'receive'
          | 'adjust'
          | 'damage'
          | 'login.succeeded'
          | 'login.failed'
          | 'session.ended'
          | 'refresh.reused'
          | 'user.created'
          | 'user.changed'
          | 'role.changed'
          | 'password.changed'
          | 'api_key.created'
          | 'api_key.revoked'
          | 'signing_key.rotated'
          | 'permission.refused'
          | 'foreign_token.accepted';
        /** @description At or after this time or date. For example `2026-01-01`. */
        date_from?: string;
        /** @description Before; a date includes that day. For example `2030-12-31`. */
        date_to?: string;
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "at": "2026-11-20T10:00:00.000Z",
           *           "actor": "user:0199c5a2-7d1e-7c33-9b51-3f1f5a0a9ca1",
           *           "actor_name": "ada",
           *           "action": "updated",
           *           "entity": "order",
           *           "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *           "request_id": "req-4711",
           *           "reason": null,
           *           "changes": [
           *             {
           *               "field": "notes",
           *               "from": null,
           *               "to": "Leave at the door"
           *             }
           *           ],
           *           "details": {
           *             "version": 2
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['AuditPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationProducts_list: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
        /** @description With a minus, the greatest first. */
        ordering?: 'id' | '-id';
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": 1,
           *           "name": "Laptop",
           *           "price": "1000.00"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SimulationProductPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationProducts_add: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "id": 1,
         *       "name": "Laptop",
         *       "price": "1000.00"
         *     }
         */
        'application/json': components['schemas']['AddSimulationProduct'];
      };
    };
    responses: {
      /** @description Created. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "name": "Laptop",
           *       "price": "1000.00"
           *     }
           */
          'application/json': components['schemas']['SimulationProduct'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationProducts_detail: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: never;
      path: {
        /**
         * @description The row, by its number.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "name": "Laptop",
           *       "price": "1000.00"
           *     }
           */
          'application/json': components['schemas']['SimulationProduct'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationProducts_remove: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The row, by its number: this example is nobody’s.
         * @example 2147483647
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationProducts_change: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The row, by its number.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "price": "950.00"
         *     }
         */
        'application/json': components['schemas']['ChangeSimulationProduct'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "name": "Laptop",
           *       "price": "1000.00"
           *     }
           */
          'application/json': components['schemas']['SimulationProduct'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationUsers_list: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
        /** @description With a minus, the greatest first. */
        ordering?: 'id' | '-id';
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": 1,
           *           "name": "Alice",
           *           "email": "alice@example.com"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SimulationUserPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationUsers_add: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "id": 1,
         *       "name": "Alice",
         *       "email": "alice@example.com"
         *     }
         */
        'application/json': components['schemas']['AddSimulationUser'];
      };
    };
    responses: {
      /** @description Created. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "name": "Alice",
           *       "email": "alice@example.com"
           *     }
           */
          'application/json': components['schemas']['SimulationUser'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationUsers_detail: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: never;
      path: {
        /**
         * @description The row, by its number.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "name": "Alice",
           *       "email": "alice@example.com"
           *     }
           */
          'application/json': components['schemas']['SimulationUser'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationUsers_remove: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The row, by its number: this example is nobody’s.
         * @example 2147483647
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationUsers_change: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The row, by its number.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Alice Smith"
         *     }
         */
        'application/json': components['schemas']['ChangeSimulationUser'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "name": "Alice",
           *       "email": "alice@example.com"
           *     }
           */
          'application/json': components['schemas']['SimulationUser'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationOrders_list: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
        /** @description With a minus, the greatest first. */
        ordering?: 'id' | '-id';
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": 1,
           *           "user_id": 1,
           *           "product_id": 1,
           *           "quantity": 2
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SimulationOrderPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationOrders_add: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "id": 1,
         *       "user_id": 1,
         *       "product_id": 1,
         *       "quantity": 2
         *     }
         */
        'application/json': components['schemas']['AddSimulationOrder'];
      };
    };
    responses: {
      /** @description Created. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "user_id": 1,
           *       "product_id": 1,
           *       "quantity": 2
           *     }
           */
          'application/json': components['schemas']['SimulationOrder'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationOrders_detail: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: never;
      path: {
        /**
         * @description The row, by its number.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "user_id": 1,
           *       "product_id": 1,
           *       "quantity": 2
           *     }
           */
          'application/json': components['schemas']['SimulationOrder'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationOrders_remove: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The row, by its number: this example is nobody’s.
         * @example 2147483647
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulationOrders_change: {
    parameters: {
      query?: {
        /** @description Which stores: the databases, or the files of this machine. */
        engine?: 'postgres' | 'sqlite';
        /** @description So many stores have the rows of each table: as many as the simulation had that wrote them. */
        shards?: number;
      };
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The row, by its number.
         * @example 1
         */
        id: number;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "quantity": 3
         *     }
         */
        'application/json': components['schemas']['ChangeSimulationOrder'];
      };
    };
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": 1,
           *       "user_id": 1,
           *       "product_id": 1,
           *       "quantity": 2
           *     }
           */
          'application/json': components['schemas']['SimulationOrder'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulations_list: {
    parameters: {
      query?: {
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *           "status": "running",
           *           "rows": "builtin",
           *           "concurrency": 10,
           *           "rules": "basic",
           *           "engine": "postgres",
           *           "shards": 1,
           *           "delay_ms": 0,
           *           "total_rows": 30,
           *           "inserted_rows": 20,
           *           "failed_rows": 3,
           *           "progress_percent": 76.6,
           *           "failure_reason": null,
           *           "starts": 1,
           *           "created_by": "anonymous",
           *           "created_at": "2026-11-20T10:00:00.000Z",
           *           "started_at": "2026-11-20T10:00:00.000Z",
           *           "ended_at": "2026-11-20T10:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SimulationPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulations_start: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "rows": "builtin",
         *       "concurrency": 10,
         *       "rules": "strict"
         *     }
         */
        'application/json': components['schemas']['StartSimulation'];
      };
    };
    responses: {
      /** @description It waits for a worker. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          Location: components['headers']['Location'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "status": "running",
           *       "rows": "builtin",
           *       "concurrency": 10,
           *       "rules": "basic",
           *       "engine": "postgres",
           *       "shards": 1,
           *       "delay_ms": 0,
           *       "total_rows": 30,
           *       "inserted_rows": 20,
           *       "failed_rows": 3,
           *       "progress_percent": 76.6,
           *       "failure_reason": null,
           *       "starts": 1,
           *       "created_by": "anonymous",
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "started_at": "2026-11-20T10:00:00.000Z",
           *       "ended_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Simulation'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['BodyNotJson'];
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulations_detail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The simulation. Take `id` from the list: this example is nobody’s.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "status": "running",
           *       "rows": "builtin",
           *       "concurrency": 10,
           *       "rules": "basic",
           *       "engine": "postgres",
           *       "shards": 1,
           *       "delay_ms": 0,
           *       "total_rows": 30,
           *       "inserted_rows": 20,
           *       "failed_rows": 3,
           *       "progress_percent": 76.6,
           *       "failure_reason": null,
           *       "starts": 1,
           *       "created_by": "anonymous",
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "started_at": "2026-11-20T10:00:00.000Z",
           *       "ended_at": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Simulation'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulations_report: {
    parameters: {
      query?: {
        /** @description Every attempt as JSON, or a PDF to hand on. */
        format?: 'json' | 'pdf';
      };
      header?: never;
      path: {
        /**
         * @description The simulation. Take `id` from the list: this example is nobody’s.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "run_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *       "started_at": "2026-11-20T10:00:00.000Z",
           *       "ended_at": "2026-11-20T10:00:00.000Z",
           *       "end": "all_attempted",
           *       "execution_ms": 3050,
           *       "options": {
           *         "rows": "builtin",
           *         "threads": 10,
           *         "rules": "basic",
           *         "engine": "postgres",
           *         "shards": 1,
           *         "delay_ms": 0,
           *         "keep_rows": false
           *       },
           *       "environment": {
           *         "engine_version": "PostgreSQL 18.4",
           *         "version": "0.1.0",
           *         "node": "v22.12.0",
           *         "platform": "linux x64",
           *         "cpus": 2,
           *         "memory_bytes": 8589934592
           *       },
           *       "tables": [
           *         {
           *           "rows": 10,
           *           "inserted": 8,
           *           "failed": 2,
           *           "not_attempted": 0,
           *           "success_rate_percent": 80,
           *           "durations_ms": null,
           *           "entity": "user",
           *           "table": "USERS",
           *           "stores": [
           *             "users_db"
           *           ],
           *           "common_issues": [
           *             {
           *               "reason": "User validation errors: Name cannot be empty",
           *               "count": 1
           *             }
           *           ]
           *         }
           *       ],
           *       "summary": {
           *         "rows": 10,
           *         "inserted": 8,
           *         "failed": 2,
           *         "not_attempted": 0,
           *         "success_rate_percent": 80,
           *         "durations_ms": null,
           *         "validated": 30,
           *         "rows_per_second": 8.5,
           *         "overlap": {
           *           "in_flight_max": 10,
           *           "in_flight_average": 7.41,
           *           "overlapping": 30
           *         }
           *       },
           *       "attempts": [
           *         {
           *           "index": 0,
           *           "entity": "user",
           *           "thread": "UserThread-1",
           *           "worker": 3,
           *           "store": "users_db",
           *           "row_id": 1,
           *           "details": "User(id=1, name='Alice', email='alice@example.com')",
           *           "values": "(1, 'Alice', 'alice@example.com')",
           *           "outcome": "inserted",
           *           "reason": null,
           *           "start_ms": 1.25,
           *           "end_ms": 5.75
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SimulationReport'];
          'application/pdf': string;
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  simulations_stream: {
    parameters: {
      query?: never;
      header?: {
        /** @description The last `id` that was received. Opaque. For example `1`. */
        'Last-Event-ID'?: string;
      };
      path: {
        /**
         * @description The simulation. Take `id` from the list: this example is nobody’s.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example retry: 3000
           *     id: 1-23-running
           *
           *     id: 1-23-running
           *     event: progress
           *     data: {"id":"0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11","status":"running","total_rows":30,"inserted_rows":20,"failed_rows":3}
           */
          'text/event-stream': string;
        };
      };
      /** @description It has ended, and its last event is known. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  health: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "healthy",
           *       "timestamp": "2026-11-20T10:00:00.000Z",
           *       "version": "0.1.0",
           *       "environment": "development",
           *       "checks": {
           *         "database": {
           *           "status": "healthy",
           *           "response_ms": 0.7
           *         },
           *         "connections": {
           *           "status": "healthy",
           *           "used": 24,
           *           "max": 97
           *         },
           *         "disk": {
           *           "status": "healthy",
           *           "free_gib": 120,
           *           "free_percent": 48
           *         },
           *         "queue": {
           *           "status": "healthy",
           *           "queues": {
           *             "fulfillment": {
           *               "waiting": 0,
           *               "delayed": 2,
           *               "active": 1,
           *               "failed": 0
           *             }
           *           }
           *         },
           *         "workers": {
           *           "status": "healthy",
           *           "count": 1,
           *           "last_beat_seconds": 2
           *         },
           *         "scheduler": {
           *           "status": "healthy",
           *           "count": 1,
           *           "last_beat_seconds": 3
           *         },
           *         "outbox": {
           *           "status": "healthy",
           *           "waiting": 0,
           *           "oldest_age_seconds": 0
           *         },
           *         "backlog": {
           *           "status": "healthy",
           *           "waiting": 0,
           *           "oldest_age_seconds": 0,
           *           "begun_per_minute": 40,
           *           "seconds_left": 0
           *         },
           *         "feed": {
           *           "status": "healthy",
           *           "lag_seconds": 0
           *         },
           *         "stock": {
           *           "status": "healthy",
           *           "last_comparison_seconds": 90,
           *           "products": 50,
           *           "drifted": 0,
           *           "orders_held_up": 0
           *         },
           *         "stock_locks": {
           *           "status": "healthy",
           *           "blocked_products": 0
           *         },
           *         "rate_limits": {
           *           "status": "healthy",
           *           "store": "redis"
           *         },
           *         "application": {
           *           "status": "healthy",
           *           "uptime_seconds": 3600
           *         }
           *       },
           *       "system": {
           *         "cpu_percent": 12.5,
           *         "memory_percent": 12.5,
           *         "disk_percent": 12.5,
           *         "load_average": [
           *           0.42,
           *           0.36,
           *           0.3
           *         ]
           *       }
           *     }
           */
          'application/json': components['schemas']['Health'];
        };
      };
      /** @description Unhealthy. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "healthy",
           *       "timestamp": "2026-11-20T10:00:00.000Z",
           *       "version": "0.1.0",
           *       "environment": "development",
           *       "checks": {
           *         "database": {
           *           "status": "healthy",
           *           "response_ms": 0.7
           *         },
           *         "connections": {
           *           "status": "healthy",
           *           "used": 24,
           *           "max": 97
           *         },
           *         "disk": {
           *           "status": "healthy",
           *           "free_gib": 120,
           *           "free_percent": 48
           *         },
           *         "queue": {
           *           "status": "healthy",
           *           "queues": {
           *             "fulfillment": {
           *               "waiting": 0,
           *               "delayed": 2,
           *               "active": 1,
           *               "failed": 0
           *             }
           *           }
           *         },
           *         "workers": {
           *           "status": "healthy",
           *           "count": 1,
           *           "last_beat_seconds": 2
           *         },
           *         "scheduler": {
           *           "status": "healthy",
           *           "count": 1,
           *           "last_beat_seconds": 3
           *         },
           *         "outbox": {
           *           "status": "healthy",
           *           "waiting": 0,
           *           "oldest_age_seconds": 0
           *         },
           *         "backlog": {
           *           "status": "healthy",
           *           "waiting": 0,
           *           "oldest_age_seconds": 0,
           *           "begun_per_minute": 40,
           *           "seconds_left": 0
           *         },
           *         "feed": {
           *           "status": "healthy",
           *           "lag_seconds": 0
           *         },
           *         "stock": {
           *           "status": "healthy",
           *           "last_comparison_seconds": 90,
           *           "products": 50,
           *           "drifted": 0,
           *           "orders_held_up": 0
           *         },
           *         "stock_locks": {
           *           "status": "healthy",
           *           "blocked_products": 0
           *         },
           *         "rate_limits": {
           *           "status": "healthy",
           *           "store": "redis"
           *         },
           *         "application": {
           *           "status": "healthy",
           *           "uptime_seconds": 3600
           *         }
           *       },
           *       "system": {
           *         "cpu_percent": 12.5,
           *         "memory_percent": 12.5,
           *         "disk_percent": 12.5,
           *         "load_average": [
           *           0.42,
           *           0.36,
           *           0.3
           *         ]
           *       }
           *     }
           */
          'application/json': components['schemas']['Health'];
        };
      };
    };
  };
  health_live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "alive"
           *     }
           */
          'application/json': components['schemas']['Alive'];
        };
      };
    };
  };
  health_machine: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "timestamp": "2026-11-20T10:00:00.000Z",
           *       "cpu": {
           *         "percent": 12.5,
           *         "count": 4,
           *         "load_average": [
           *           0.42,
           *           0.36,
           *           0.3
           *         ]
           *       },
           *       "memory": {
           *         "total_gib": 16,
           *         "available_gib": 9.5,
           *         "percent": 12.5,
           *         "process_rss_mib": 140
           *       },
           *       "disk": {
           *         "total_gib": 250,
           *         "free_gib": 120,
           *         "percent": 12.5
           *       },
           *       "processes": {
           *         "pid": 4711,
           *         "uptime_seconds": 3600
           *       },
           *       "boot_time": "2026-11-20T10:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Machine'];
        };
      };
    };
  };
  health_ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok",
           *       "info": {
           *         "database": {
           *           "status": "up"
           *         }
           *       },
           *       "error": {},
           *       "details": {
           *         "database": {
           *           "status": "up"
           *         }
           *       }
           *     }
           */
          'application/json': components['schemas']['Ready'];
        };
      };
      /** @description Busy or restarting: try again after Retry-After seconds. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Retry-After': components['headers']['RetryAfter'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  health_metrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example # HELP orders_placement_total Requests to place an order by outcome; refused ones by error code (INVENTORY_INSUFFICIENT_STOCK: an oversell prevented)
           *     # TYPE orders_placement_total counter
           *     orders_placement_total{outcome="placed"} 12
           */
          'text/plain': string;
        };
      };
    };
  };
  deadLetters_list: {
    parameters: {
      query?: {
        /** @description Those that were replayed or discarded too. For example `true`. */
        include_resolved?: boolean;
        /** @description Rows per page, at most 100. */
        page_size?: number;
        /** @description Number of the page, from 1, within the first 10000 rows: instead of a cursor. `next` and `previous` have numbers then; further on, `next` is a cursor. For example `1`. */
        page?: number;
        /** @description From `next` or `previous` of another page, opaque. Empty for the first page. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "count": 1,
           *       "count_is_capped": false,
           *       "next": null,
           *       "previous": null,
           *       "results": [
           *         {
           *           "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31",
           *           "queue": "fulfillment",
           *           "type": "order.placed.v9",
           *           "code": "JOB_UNREADABLE",
           *           "reason": "No consumer knows order.placed.v9.",
           *           "attempts": 1,
           *           "created_at": "2026-11-20T10:00:00.000Z",
           *           "resolved_at": null,
           *           "resolution": null,
           *           "resolved_by": null,
           *           "envelope": {
           *             "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31",
           *             "type": "order.placed.v9",
           *             "occurred_at": "2026-11-20T10:00:00.000Z",
           *             "aggregate_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *             "aggregate_version": 1,
           *             "correlation_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c21",
           *             "payload": {}
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['DeadLetterPage'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  deadLetters_detail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The dead letter. Take `id` from the list: where no job failed, nobody has this example.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31",
           *       "queue": "fulfillment",
           *       "type": "order.placed.v9",
           *       "code": "JOB_UNREADABLE",
           *       "reason": "No consumer knows order.placed.v9.",
           *       "attempts": 1,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "resolved_at": null,
           *       "resolution": null,
           *       "resolved_by": null,
           *       "envelope": {
           *         "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31",
           *         "type": "order.placed.v9",
           *         "occurred_at": "2026-11-20T10:00:00.000Z",
           *         "aggregate_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *         "aggregate_version": 1,
           *         "correlation_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c21",
           *         "payload": {}
           *       }
           *     }
           */
          'application/json': components['schemas']['DeadLetter'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  deadLetters_discard: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The dead letter. Take `id` from the list: where no job failed, nobody has this example.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c32
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c32",
           *       "queue": "fulfillment",
           *       "type": "order.placed.v9",
           *       "code": "JOB_UNREADABLE",
           *       "reason": "No consumer knows order.placed.v9.",
           *       "attempts": 1,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "resolved_at": "2026-11-20T10:30:00.000Z",
           *       "resolution": "discarded",
           *       "resolved_by": "api",
           *       "envelope": {
           *         "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c32",
           *         "type": "order.placed.v9",
           *         "occurred_at": "2026-11-20T10:00:00.000Z",
           *         "aggregate_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *         "aggregate_version": 1,
           *         "correlation_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c21",
           *         "payload": {}
           *       }
           *     }
           */
          'application/json': components['schemas']['DeadLetter'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
  deadLetters_replay: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 255 visible ASCII characters, new for every request: the same key and body give the stored reply. For example `order-2026-0001`. */
        'Idempotency-Key'?: string;
      };
      path: {
        /**
         * @description The dead letter. Take `id` from the list: where no job failed, nobody has this example.
         * @example 0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31",
           *       "queue": "fulfillment",
           *       "type": "order.placed.v9",
           *       "code": "JOB_UNREADABLE",
           *       "reason": "No consumer knows order.placed.v9.",
           *       "attempts": 1,
           *       "created_at": "2026-11-20T10:00:00.000Z",
           *       "resolved_at": "2026-11-20T10:30:00.000Z",
           *       "resolution": "replayed",
           *       "resolved_by": "api",
           *       "envelope": {
           *         "id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31",
           *         "type": "order.placed.v9",
           *         "occurred_at": "2026-11-20T10:00:00.000Z",
           *         "aggregate_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11",
           *         "aggregate_version": 1,
           *         "correlation_id": "0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c21",
           *         "payload": {}
           *       }
           *     }
           */
          'application/json': components['schemas']['DeadLetter'];
        };
      };
      /** @description Something in the request is not valid; `errors` names each field. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['CredentialNeeded'];
      /** @description The credential does not allow this. */
      403: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Resource not found. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The request conflicts with the state of things; nothing was changed. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description The Idempotency-Key was used with another body. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['XRequestId'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      503: components['responses']['Unavailable'];
    };
  };
}
