/**
 * Reads any number of ids in as few requests as there may be: packed sets, ascending; where one
 * bad id makes Brightpearl refuse a whole set with 400 (platform reference, §1.3), its halves.
 */
import type { z } from 'zod';
import { fail, ok, type Failure, type Result } from '../../contracts/result.ts';
import type { Call } from '../transport/call.ts';
import { queryString } from '../transport/call.ts';
import { decodeList } from '../answers/decode-list.ts';
import { decode } from '../answers/decode.ts';
import { formatIdSet } from './id-set.ts';
import type { Link } from '../services/link.ts';
import { IDS_PER_SET, packIds } from './packing.ts';

/**
 * Requests a set with ids Brightpearl refuses may cost beyond its own: enough for several bad
 * ids among 200, far from one request for each id.
 */
const MOST_SPLITS = 60;

type Take< Part > = (
	response: unknown,
	call: Call,
	ruid: string | null
) => Result< Part > | Promise< Result< Part > >;

/** An answer that is one thing. */
export const whole =
	< Part >( schema: z.ZodType< Part > ): Take< Part > =>
	( response, call, ruid ) =>
		decode( schema, response, call, ruid );

/** An answer that is a list, read without holding up the others. */
export const listOf =
	< Item >( item: z.ZodType< Item > ): Take< readonly Item[] > =>
	( response, call, ruid ) =>
		decodeList( item, response, call, ruid );

export interface SetRead< Part > {
	readonly ids: Iterable< number >;
	/** The request for one set; absence (404 or an empty list) is nobody found. */
	readonly call: ( set: string ) => Omit< Call, 'method' >;
	/** Reads the `response` of one answer. */
	readonly take: Take< Part >;
	/** Ids in one set (200). */
	readonly most?: number;
	/** A 400 is a bad id, to be found and left out; else it is a failure. */
	readonly split?: boolean;
}

export interface SetParts< Part > {
	/** One for each answer that named anybody. */
	readonly parts: readonly Part[];
	/** When the first request was sent, milliseconds since the epoch; null = none was needed. */
	readonly askedAt: number | null;
}

export async function readSets< Part >(
	{ ask, prefix }: Pick< Link, 'ask' | 'prefix' >,
	reading: SetRead< Part >
): Promise< Result< SetParts< Part > > > {
	const parts: Part[] = [];
	let askedAt: number | null = null;

	async function askSet(
		ids: readonly number[],
		splits: { left: number }
	): Promise< Failure | null > {
		const call: Call = {
			none: 'record',
			...reading.call( formatIdSet( ids ) ),
			method: 'GET',
		};
		const sent = await ask( call );
		askedAt ??= sent.sentAt;
		if ( sent.kind === 'none' ) {
			return null;
		}
		if ( sent.kind === 'answer' ) {
			const found = await reading.take(
				sent.body[ 'response' ],
				call,
				sent.ruid
			);
			if ( ! found.ok ) {
				return found.failure;
			}
			parts.push( found.value );
			return null;
		}
		if ( sent.status !== 400 || reading.split !== true ) {
			return sent.failure;
		}
		if ( ids.length === 1 ) {
			// This is the bad one.
			return null;
		}
		if ( splits.left < 2 ) {
			return sent.failure;
		}
		splits.left -= 2;
		const middle = Math.ceil( ids.length / 2 );
		return (
			( await askSet( ids.slice( 0, middle ), splits ) ) ??
			( await askSet( ids.slice( middle ), splits ) )
		);
	}

	const { path, query } = reading.call( '' );
	const overhead = ( prefix + path + queryString( query ) ).length;
	for ( const set of packIds(
		reading.ids,
		overhead,
		reading.most ?? IDS_PER_SET
	) ) {
		const failure = await askSet( set, { left: MOST_SPLITS } );
		if ( failure ) {
			return fail( failure );
		}
	}
	return ok( { parts, askedAt } );
}

/** The same for resources whose answer is a list. */
export async function readList< Item >(
	link: Pick< Link, 'ask' | 'prefix' >,
	reading: SetRead< readonly Item[] >
): Promise< Result< readonly Item[] > > {
	const found = await readSets( link, reading );
	return found.ok ? ok( found.value.parts.flat() ) : found;
}
