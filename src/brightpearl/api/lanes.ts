/**
 * Budget lanes: whose requests go first.
 */

/** Budget lanes, most urgent first. */
export const LANES = [
	'person',
	'order',
	'shipment',
	'stock',
	'backfill',
] as const;
export type Lane = ( typeof LANES )[ number ];
