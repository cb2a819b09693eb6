/**
 * Which credits are closed: read before anything is planned to be taken back of them.
 */
import type { LinkCredit } from '../../contracts/database.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Connected } from '../connected.ts';

/** Their ids; of an invoice in the books nothing is taken back. */
export async function closedCredits(
	{ brightpearl }: Connected,
	credits: readonly LinkCredit[]
): Promise< Result< readonly number[] > > {
	const ids = credits.flatMap( ( { salesCreditId } ) => salesCreditId ?? [] );
	if ( ids.length === 0 ) {
		return ok( [] );
	}
	const read = await brightpearl.salesCredits( ids );
	return read.ok
		? ok(
				read.value
					.filter( ( { invoiced } ) => invoiced )
					.map( ( { id } ) => id )
			)
		: read;
}
