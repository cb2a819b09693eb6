/**
 * `POST /v1/pair` (pairing design, C3.1–3): whoever proves to know the code gets a key of one
 * connection, sealed with the code, once.
 */
import {
	connectionRecordSchema,
	type ConnectionRecord,
} from '../../contracts/connection.ts';
import type { PairingCode } from '../../contracts/database.ts';
import {
	pairRequestSchema,
	SIGNATURE_WINDOW_SECONDS,
	type PairGrant,
	type PairRequest,
} from '../../contracts/pairing.ts';
import { MINUTE, SECOND } from '../../contracts/primitives.ts';
import {
	CODE_BYTES,
	codeKeys,
	pairingCode,
} from '../../signing/pairing-code.ts';
import { provesCode } from '../../signing/proof.ts';
import { IV_BYTES, seal } from '../../signing/seal.ts';
import type { OperationContext } from '../operations/context.ts';
import {
	clockSkew,
	refuse,
	webhookUrlOf,
	type Answer,
	type BridgeContext,
} from './bridge.ts';
import { connectionNameFor, homeOf, withoutSlash } from './home.ts';
import { newKey } from './keys.ts';
import { placeOf } from './place.ts';

const CODE_GOOD_FOR = 10 * MINUTE;
const TRIES = 5;

/** A new code; one for the same connection that was not used yet is good no longer. */
export async function openPairing(
	{ database, world }: Pick< OperationContext, 'database' | 'world' >,
	connection: string | null
): Promise< { readonly code: string; readonly expiresAt: number } > {
	const code = pairingCode( world.random.bytes( CODE_BYTES ) );
	const expiresAt = world.clock.now() + CODE_GOOD_FOR;
	await database.pairings.addCode( {
		connection,
		...codeKeys( code ),
		triesLeft: TRIES,
		expiresAt,
	} );
	return { code, expiresAt };
}

/**
 * @param isGuessing This address has failed too often: a wrong proof of it is not counted against
 *                   the open codes, or a stranger could burn every one of them.
 */
export async function pair(
	context: BridgeContext,
	rawBody: Uint8Array,
	proof: Uint8Array,
	isGuessing: boolean
): Promise< Answer< { readonly sealed: string } > > {
	const { database, world } = context;
	const open = await database.pairings.openCodes();
	const code = open.find( ( { proofKey } ) =>
		provesCode( proofKey, rawBody, proof )
	);
	if ( code === undefined ) {
		if ( ! isGuessing ) {
			await database.pairings.countTry();
		}
		return open.length === 0 ? EXPIRED : WRONG_PROOF;
	}
	const request = readRequest( rawBody );
	if ( request === null ) {
		return refuse( 'bad-request', 'The request to pair cannot be read.' );
	}
	const now = world.clock.now();
	if ( Math.abs( now / SECOND - request.time ) > SIGNATURE_WINDOW_SECONDS ) {
		// Told before the code is burnt: every later call would be refused for it.
		return clockSkew( now );
	}
	const granted = await database.locks.withLock(
		'pairing',
		{ wait: 10 * SECOND },
		() => grant( context, code, request )
	);
	if ( ! granted.ok ) {
		return refuse(
			'bad-request',
			'Another shop is being paired at this moment.',
			'Try again.'
		);
	}
	return granted.value.ok
		? {
				ok: true,
				value: {
					sealed: seal(
						code.sealKey,
						Buffer.from( JSON.stringify( granted.value.value ) ),
						proof,
						world.random.bytes( IV_BYTES )
					),
				},
			}
		: granted.value;
}

const EXPIRED = refuse(
	'code-expired',
	'There is no open pairing code: it was used, has expired, or was typed wrong too often.',
	'Make a new one with: pearlbridge pair'
);
const WRONG_PROOF = refuse(
	'wrong-proof',
	'This is not the code the sidecar has given.',
	'Compare it with the code the sidecar shows; after five wrong ones a new one is needed.'
);

type Request = Omit< PairRequest, 'connection' > & { readonly home: string };

function readRequest( rawBody: Uint8Array ): Request | null {
	try {
		const read = pairRequestSchema.safeParse(
			JSON.parse( Buffer.from( rawBody ).toString( 'utf8' ) )
		);
		return read.success && homeOf( read.data.storeUrl ) !== null
			? { ...read.data, home: withoutSlash( read.data.storeUrl ) }
			: null;
	} catch {
		return null;
	}
}

async function grant(
	context: BridgeContext,
	code: PairingCode,
	request: Request
): Promise< Answer< PairGrant > > {
	const { database, world } = context;
	const place = await placeOf( context, code, request );
	if ( ! place.ok ) {
		return place;
	}
	if ( ! ( await database.pairings.burnCode( code.id ) ) ) {
		return EXPIRED;
	}
	const connection =
		place.value ?? ( await newConnection( context, request ) );
	const key = newKey( world, connection, 'current' );
	const before = await database.pairings.find( connection );
	// With the keys that were given before: the site that pairs anew has lost or left them.
	await database.pairings.remove( connection );
	await database.pairings.save( {
		connection,
		siteId: request.siteId,
		storeUrl: request.home,
		pluginVersion: request.pluginVersion,
		wpVersion: request.wpVersion,
		wcVersion: request.wcVersion,
		wooKeyId: before?.wooKeyId ?? null,
		webhookIds: before?.webhookIds ?? [],
		since: key.createdAt,
	} );
	await database.pairings.putKey( key );
	await context.changed();
	world.logger.info(
		{ connection, keyId: key.keyId, siteId: request.siteId },
		'A shop was paired.'
	);
	return {
		ok: true,
		value: {
			sidecarId: await database.facts.sidecarId(),
			keyId: key.keyId,
			secret: Buffer.from( key.secret ).toString( 'base64' ),
			connection,
			webhookUrl: webhookUrlOf( context.service(), connection ),
		},
	};
}

/** With all but the address still to be filled in. */
async function newConnection(
	{ database }: BridgeContext,
	{ home }: Request
): Promise< string > {
	const taken = new Set(
		( await database.connections.list() ).map(
			( { record } ) => record.name
		)
	);
	const record: ConnectionRecord = connectionRecordSchema.parse( {
		name: connectionNameFor( home, taken ),
		store: {
			type: 'woocommerce',
			url: home,
			consumerKey: null,
			consumerSecret: null,
		},
		brightpearl: null,
	} );
	await database.connections.put( record );
	return record.name;
}
