/**
 * What a delivery must be beside WooCommerce's own signature, which covers neither time nor
 * origin: signed v1 where our plugin has added that, and from the shop itself (pairing design, C3,
 * *Webhook facts*).
 */
import type { Database } from '../../contracts/database.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import { isSigned, readHeaders } from '../../signing/headers.ts';
import {
	connectionSubject,
	FOREIGN_SITE,
	isOtherSite,
} from '../connection-problems.ts';
import type { Events } from '../events.ts';
import { raiseProblem } from '../raise-problem.ts';
import { knownSite } from '../watch/site.ts';
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
	isFromShop( connection: string, source: string | null ): Promise< boolean >;
}

export function createDeliveryGuard( {
	authenticate,
	database,
	events,
}: {
	readonly authenticate: Authenticate;
	readonly database: Pick<
		Database,
		'cache' | 'connections' | 'pairings' | 'problems'
	>;
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

		async isFromShop( connection, source ) {
			if ( source === null || source === '' ) {
				return true;
			}
			const pairing = await pairings.find( connection );
			const homes =
				pairing === null
					? await unpairedHomes( connection )
					: [ pairing.storeUrl ];
			if ( homes.some( ( home ) => isSameHost( source, home ) ) ) {
				return true;
			}
			if ( ! ( await isPaused( connection, pairing !== null ) ) ) {
				await raiseProblem(
					{ database, events },
					connection,
					connectionSubject( connection ),
					foreign(
						shown( source ),
						homes[ 0 ] ?? '',
						pairing !== null
					)
				);
			}
			return false;
		},
	};

	/**
	 * The site's guard has told of the other site (or a person has called it a copy): its words say
	 * how it is ended, and ours would take their place.
	 */
	async function isPaused(
		connection: string,
		isPaired: boolean
	): Promise< boolean > {
		if (
			! isPaired &&
			( await knownSite( database, connection ) )?.other
		) {
			return true;
		}
		const own = await database.problems.list( {
			connection,
			subject: connectionSubject( connection ),
		} );
		return own.some( isOtherSite );
	}

	/** Where we ask it, and what it calls itself: a proxy may stand between. */
	async function unpairedHomes( connection: string ): Promise< string[] > {
		const stored = await database.connections.find( connection );
		const site = await knownSite( database, connection );
		return [
			...( stored === null ? [] : [ stored.record.store.url ] ),
			...( site === null ? [] : [ site.home ] ),
		];
	}
}

function foreign(
	source: string,
	home: string,
	isPaired: boolean
): ProblemDraft {
	return {
		code: 'site-moved',
		message: `Deliveries come from ${ source }, and this connection ${ isPaired ? 'is paired with' : 'belongs to the shop at' } ${ home }: nothing is done for them.`,
		cause: 'The site was copied (staging) or has moved.',
		fix: isPaired
			? 'On a copy, forget the pairing under WooCommerce → Pearlbridge. If the shop has moved, say so there; then retry this problem.'
			: 'On a copy, delete the webhooks named Pearlbridge under WooCommerce → Settings → Advanced → Webhooks. If the shop has moved, set store.url to its new address; then retry this problem.',
		field: FOREIGN_SITE,
	};
}

function shown( source: string ): string {
	return URL.canParse( source )
		? new URL( source ).href.slice( 0, 200 )
		: 'another site';
}
