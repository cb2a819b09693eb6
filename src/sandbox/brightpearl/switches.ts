/**
 * What the references leave open, one switch for each question. The default is the strictest
 * reading; both readings must be survived by a client.
 */
import { z } from 'zod';

const leniency = z.enum( [ 'refuse', 'ignore' ] );

export const switchesSchema = z.strictObject( {
	/** Answer to a repeated `externalRef` + instance id: always without a change (resources reference, §8.1). */
	duplicateAnswer: z.enum( [ 'id', 'empty', 'conflict' ] ).default( 'id' ),
	/** An OAuth caller's order takes the token's instance where the body names none. */
	oauthInstance: z.boolean().default( true ),
	/** Places that row tax is stored to (§9: 2 is recorded, whether input is rounded is not known). */
	rowTaxDecimals: z.union( [ z.literal( 2 ), z.literal( 4 ) ] ).default( 2 ),
	/** How long after its creation an order appears in `*-search`; GET by id sees it at once. */
	indexLagMs: z.int().min( 0 ).default( 0 ),
	requestsPerMinute: z.int().min( 1 ).default( 200 ),
	/** `fixed` is recorded, `rolling` is what the documents say (platform reference, §3). */
	throttle: z.enum( [ 'fixed', 'rolling' ] ).default( 'fixed' ),
	/** A refresh hands out a new refresh token and forgets the old one, or keeps it. */
	refreshToken: z.enum( [ 'keep', 'rotate' ] ).default( 'keep' ),
	tokenLifeSeconds: z.int().min( 1 ).default( 604_800 ),
	devRef: z.enum( [ 'require', 'optional' ] ).default( 'require' ),
	unknownParameters: leniency.default( 'refuse' ),
	unknownFields: leniency.default( 'refuse' ),
	descendingIds: z.enum( [ 'refuse', 'sort' ] ).default( 'refuse' ),
	/** Largest id set of a GET. */
	idLimit: z.int().min( 1 ).default( 200 ),
	/** `ignore`: unknown ids of an availability set are left out; `refuse`: 400 for the whole set. */
	unknownAvailabilityIds: leniency.default( 'refuse' ),
	/** Status of a sales-order GET that finds only some of the ids (documented for credits only). */
	partialStatus: z
		.union( [ z.literal( 207 ), z.literal( 200 ) ] )
		.default( 207 ),
	longNames: z.enum( [ 'refuse', 'cut' ] ).default( 'refuse' ),
	/** Postal addresses are documented with ISO-3; one client sends ISO-2. */
	postalCountry: z.enum( [ 'iso3', 'any' ] ).default( 'iso3' ),
	secondReservation: z.enum( [ 'refuse', 'add' ] ).default( 'refuse' ),
	/** Rows of a reservation that carry no stock. */
	untrackedReservation: leniency.default( 'refuse' ),
	paymentCurrency: z.enum( [ 'order', 'any' ] ).default( 'order' ),
	/** Status of a filter that cannot be parsed: 500 is recorded, one client expects 400. */
	filterStatus: z
		.union( [ z.literal( 500 ), z.literal( 400 ) ] )
		.default( 500 ),
} );

export type Switches = z.infer< typeof switchesSchema >;

export const strictSwitches = (): Switches => switchesSchema.parse( {} );
