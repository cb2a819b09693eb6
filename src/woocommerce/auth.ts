/**
 * How a request proves who it is: Basic over https, OAuth 1.0a over http, chosen by the
 * address alone (command line's contract, §2).
 *
 * Some hosts strip the `Authorization` header. Then the same proof goes into the query, where
 * access logs see it; over https that is the key itself, so it is the second choice only.
 */
import type { StoreConfig } from '../contracts/connection.ts';
import type { SecretReader } from '../contracts/database.ts';
import type { Result } from '../contracts/result.ts';
import { hold, ok } from '../contracts/result.ts';
import type { World } from '../contracts/world.ts';
import { oauthHeader, oauthParameters, queryString } from './oauth1.ts';
import type { OAuthKey, QueryPair } from './oauth1.ts';

export type Scheme = 'basic' | 'oauth1';
export type Placement = 'header' | 'query';

export interface Proven {
	/** With query; may hold the key, so it is never logged. */
	readonly url: string;
	readonly headers: Readonly< Record< string, string > >;
}

export interface Auth {
	readonly scheme: Scheme;
	/** Reads the secrets anew each time: a secret manager may have rotated them. */
	prove(
		method: string,
		url: string,
		query: readonly QueryPair[],
		placement: Placement
	): Result< Proven >;
}

export function schemeOf( storeUrl: string ): Scheme {
	return new URL( storeUrl ).protocol === 'https:' ? 'basic' : 'oauth1';
}

export function createAuth(
	config: StoreConfig,
	world: Pick< World, 'clock' | 'random' >,
	readSecret: SecretReader
): Auth {
	const scheme = schemeOf( config.url );

	const readKey = (): Result< OAuthKey > => {
		const consumerKey = readSecret( config.consumerKey );
		if ( ! consumerKey.ok ) {
			return hold( consumerKey.problem );
		}
		const consumerSecret = readSecret( config.consumerSecret );
		if ( ! consumerSecret.ok ) {
			return hold( consumerSecret.problem );
		}
		return ok( {
			consumerKey: consumerKey.value,
			consumerSecret: consumerSecret.value,
		} );
	};

	return {
		scheme,
		prove( method, url, query, placement ) {
			const key = readKey();
			if ( ! key.ok ) {
				return key;
			}
			const parameters =
				scheme === 'basic'
					? keyParameters( key.value )
					: oauthParameters(
							key.value,
							{
								timestamp: Math.floor(
									world.clock.now() / 1000
								),
								nonce: Buffer.from(
									world.random.bytes( 16 )
								).toString( 'hex' ),
							},
							method,
							url,
							query
						);
			if ( placement === 'query' ) {
				return ok( {
					url: withQuery( url, [ ...query, ...parameters ] ),
					headers: {},
				} );
			}
			return ok( {
				url: withQuery( url, query ),
				headers: {
					authorization:
						scheme === 'basic'
							? basicHeader( key.value )
							: oauthHeader( parameters ),
				},
			} );
		},
	};
}

export function withQuery( url: string, query: readonly QueryPair[] ): string {
	return query.length === 0 ? url : `${ url }?${ queryString( query ) }`;
}

function keyParameters( key: OAuthKey ): readonly QueryPair[] {
	return [
		[ 'consumer_key', key.consumerKey ],
		[ 'consumer_secret', key.consumerSecret ],
	];
}

function basicHeader( key: OAuthKey ): string {
	const pair = `${ key.consumerKey }:${ key.consumerSecret }`;
	return `Basic ${ Buffer.from( pair ).toString( 'base64' ) }`;
}
