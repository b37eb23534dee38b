/** The subscription that brings orders through their stages. What it has a job or an open dead letter for is on its way. */
export const FULFILLMENT_SUBSCRIPTION = 'run-stage';
