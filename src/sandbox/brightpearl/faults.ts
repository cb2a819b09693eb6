/**
 * What can be made to go wrong, at run time, repeatable for the same seed.
 *
 * `lost-answer`, `slow` and `cut` happen after the work was done. `throttled` never executes,
 * nor does `lost-request`: nothing is done and nothing answered.
 * `unavailable` and `error` do not execute unless `committed` is set.
 *
 * A fault with a path also goes off for one message of a multi-message: an answer of its own is
 * that message's, all else strikes the batch's answer. `lost-request` also leaves the messages
 * after it undone. A `throttled` message is one of `unprocessedMessages`.
 */
import { z } from 'zod';
import { createDice } from './prng.ts';

export const faultSchema = z.strictObject( {
	kind: z.enum( [
		'lost-answer',
		'lost-request',
		'throttled',
		'unavailable',
		'error',
		'slow',
		'cut',
	] ),
	/** Share of the matching requests. */
	rate: z.number().min( 0 ).max( 1 ).default( 1 ),
	method: z.string().optional(),
	/** Part of the path; `*` stands for anything. Without it only API requests match. */
	path: z.string().optional(),
	account: z.string().optional(),
	/** Goes off at most so many times. */
	count: z.int().min( 1 ).optional(),
	/** `slow`: how much later the answer comes. */
	ms: z.int().min( 0 ).max( 120_000 ).default( 2000 ),
	/** `unavailable`, `error`: the work was done all the same. */
	committed: z.boolean().default( false ),
	/** `unavailable`: a text body as the gateway's, or a page of HTML. */
	body: z.enum( [ 'json', 'html' ] ).default( 'json' ),
} );
export type Fault = z.infer< typeof faultSchema >;

export interface Target {
	readonly method: string;
	readonly path: string;
	readonly account: string | null;
	/** A message inside a multi-message: a fault that names no path means whole requests. */
	readonly batched?: boolean;
}

export interface Faults {
	add( fault: Fault ): void;
	clear(): void;
	list(): readonly ( Fault & { readonly fired: number } )[];
	/** The first fault that goes off for this request. */
	pick( target: Target ): Fault | null;
}

const pattern = ( path: string ): RegExp =>
	new RegExp(
		path
			.split( '*' )
			.map( ( part ) => part.replace( /[.+?^${}()|[\]\\]/g, '\\$&' ) )
			.join( '.*' )
	);

export function createFaults( seed: number ): Faults {
	interface Entry {
		readonly fault: Fault;
		readonly matches: RegExp;
		readonly dice: () => number;
		fired: number;
	}
	let entries: Entry[] = [];

	const applies = (
		{ fault, matches, fired }: Entry,
		target: Target
	): boolean =>
		( fault.count === undefined || fired < fault.count ) &&
		( fault.method === undefined ||
			fault.method.toUpperCase() === target.method ) &&
		( fault.account === undefined || fault.account === target.account ) &&
		( target.batched !== true || fault.path !== undefined ) &&
		matches.test( target.path );

	return {
		add: ( fault ) => {
			entries.push( {
				fault,
				matches: pattern( fault.path ?? '/public-api/' ),
				// Its own dice: another fault or request does not disturb the sequence.
				dice: createDice(
					`fault ${ seed } ${ JSON.stringify( fault ) }`
				),
				fired: 0,
			} );
		},
		clear: () => {
			entries = [];
		},
		list: () =>
			entries.map( ( { fault, fired } ) => ( { ...fault, fired } ) ),
		pick: ( target ) => {
			for ( const entry of entries ) {
				if (
					applies( entry, target ) &&
					entry.dice() < entry.fault.rate
				) {
					entry.fired += 1;
					return entry.fault;
				}
			}
			return null;
		},
	};
}
