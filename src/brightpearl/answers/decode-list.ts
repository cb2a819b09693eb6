/**
 * Reads a long list piece by piece: two hundred orders at once would hold up the answer to a
 * webhook that arrives meanwhile.
 */
import { z } from 'zod';
import { ok, type Result } from '../../contracts/result.ts';
import type { Call } from '../transport/call.ts';
import { decode } from './decode.ts';

const AT_ONCE = 2;

const turn = () => new Promise< void >( ( next ) => setImmediate( next ) );

export async function decodeList< Item >(
	schema: z.ZodType< Item >,
	value: unknown,
	call: Call,
	ruid: string | null
): Promise< Result< readonly Item[] > > {
	const whole = z.array( schema );
	if ( ! Array.isArray( value ) ) {
		return decode( whole, value, call, ruid );
	}
	const items: Item[] = [];
	for ( const [ at, one ] of value.entries() ) {
		if ( at > 0 && at % AT_ONCE === 0 ) {
			await turn();
		}
		const parsed = schema.safeParse( one );
		if ( ! parsed.success ) {
			// Once more, so that the message names the place in the answer.
			return decode( whole, value, call, ruid );
		}
		items.push( parsed.data );
	}
	return ok( items );
}
