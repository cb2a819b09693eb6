/**
 * What a delivery of a paired shop must be beside WooCommerce's own signature, which covers
 * neither time nor origin: signed v1 where our plugin has added that, and from the paired site
 * (pairing design, C3, *Webhook facts*).
 */
import type { Database } from '../../contracts/database.ts';
import { isSigned, readHeaders } from '../../signing/headers.ts';
import { connectionSubject, FOREIGN_SITE } from '../connection-problems.ts';
import type { Events } from '../events.ts';
import { raiseProblem } from '../raise-problem.ts';
import type { Authenticate } from './authenticate.ts';
import { isSameHost } from './home.ts';

/**
 * `signed` = rightly and for the first time: it comes from the site that is paired. `forged` =
 * signed wrongly, or sent again, which is no delivery.
 */
export type DeliverySignature = 'signed' | 'unsigned' | 'forged';

export interface DeliveryGuard {
	signatureOf( delivery: {
		readonly connection: string;
		/** As it was requested, with query. */
		readonly path: string;
		readonly rawBody: Uint8Array;
		readonly headers: Readonly< Record< string, string > >;
	} ): Promise< DeliverySignature >;
	/**
	 * A copy of the shop delivers to us as well: that is told, and nothing is done for it. Asked of
	 * what is not signed. WooCommerce names its site as `home_url( '/' )`, to which language plugins
	 * add a folder and whose scheme is that of the request at hand: the host is what tells.
	 */
	isFromPairedSite(
		connection: string,
		source: string | null
	): Promise< boolean >;
}

export function createDeliveryGuard( {
	authenticate,
	database,
	events,
}: {
	readonly authenticate: Authenticate;
	readonly database: Pick< Database, 'pairings' | 'problems' >;
	readonly events: Pick< Events, 'emit' >;
} ): DeliveryGuard {
	const { pairings } = database;
	return {
		async signatureOf( { connection, path, rawBody, headers } ) {
			if ( ! isSigned( headers ) ) {
				return 'unsigned';
			}
			const read = readHeaders( headers );
			if ( read === null ) {
				return 'forged';
			}
			const key = await authenticate( read, {
				method: 'POST',
				path,
				body: rawBody,
			} );
			return key.ok && key.value.connection === connection
				? 'signed'
				: 'forged';
		},

		async isFromPairedSite( connection, source ) {
			const pairing = await pairings.find( connection );
			if (
				pairing === null ||
				source === null ||
				source === '' ||
				isSameHost( source, pairing.storeUrl )
			) {
				return true;
			}
			await raiseProblem(
				{ database, events },
				connection,
				connectionSubject( connection ),
				{
					code: 'site-moved',
					message: `Deliveries come from ${ shown( source ) }, and this connection is paired with ${ pairing.storeUrl }: nothing is done for them.`,
					cause: 'The site was copied (staging) or has moved.',
					fix: 'On a copy, forget the pairing under WooCommerce → Pearlbridge. If the shop has moved, say so there; then retry this problem.',
					field: FOREIGN_SITE,
				}
			);
			return false;
		},
	};
}

function shown( source: string ): string {
	return URL.canParse( source )
		? new URL( source ).href.slice( 0, 200 )
		: 'another site';
}
