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
import { inTurn, webhookUrlOf, type BridgeContext } from './bridge.ts';
import { BUSY, clockSkew, refuse, type Answer } from './refusal.ts';
import { connectionNameFor, homeOf, withoutSlash } from './home.ts';
import { newKey } from './keys.ts';
import { placeOf } from './place.ts';

export const CODE_GOOD_FOR = 10 * MINUTE;

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
		expiresAt,
	} );
	return { code, expiresAt };
}

export async function pair(
	context: BridgeContext,
	rawBody: Uint8Array,
	proof: Uint8Array
): Promise< Answer< { readonly sealed: string } > > {
	const { database, world } = context;
	const open = await database.pairings.openCodes();
	const code = open.find( ( { proofKey } ) =>
		provesCode( proofKey, rawBody, proof )
	);
	if ( code === undefined ) {
		// Codes survive it: whoever may knock could burn the owner's otherwise.
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
			'busy',
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
	'There is no open pairing code: it was used, or has expired.',
	'Make a new one with: pearlbridge pair'
);
const WRONG_PROOF = refuse(
	'wrong-proof',
	'This is not the code the sidecar has given.',
	'Compare it with the code the sidecar shows.'
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
	const place = await placeOf( context, code, request );
	if ( ! place.ok ) {
		return place;
	}
	const begun =
		place.value === null ? await beginning( context, request ) : null;
	const connection = place.value ?? begun?.name ?? '';
	return inTurn( context, connection, async () => {
		const { database } = context;
		// Somebody may have removed, moved or made it before it was our turn.
		const now = await placeOf( context, code, request );
		if ( ! now.ok ) {
			return now;
		}
		const isFree =
			begun === null ||
			( await database.connections.find( connection ) ) === null;
		return now.value === place.value && isFree
			? give( context, code, { ...request, connection, begun } )
			: BUSY;
	} );
}

/** All of it or nothing: whoever hears no answer can do the same once more. */
async function give(
	context: BridgeContext,
	code: PairingCode,
	request: Request & {
		readonly connection: string;
		readonly begun: ConnectionRecord | null;
	}
): Promise< Answer< PairGrant > > {
	const { database, world } = context;
	const { connection, siteId, begun } = request;
	const key = newKey( world, connection, 'current' );
	const before = await database.pairings.find( connection );
	const own = before?.siteId === siteId ? before : null;
	const granted = await database.pairings.grant( code.id, {
		begun,
		// The keys that were given before go: the site that pairs anew has lost or left them.
		key,
		pairing: {
			connection,
			siteId,
			storeUrl: request.home,
			pluginVersion: request.pluginVersion,
			wpVersion: request.wpVersion,
			wcVersion: request.wcVersion,
			wooKeyId: own?.wooKeyId ?? null,
			webhookIds: own?.webhookIds ?? [],
			since: key.createdAt,
		},
	} );
	if ( ! granted ) {
		return EXPIRED;
	}
	await context.changed();
	world.logger.info(
		{
			connection,
			keyId: key.keyId,
			siteId,
			before: before?.siteId ?? null,
		},
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

/** A new connection, with all but the address still to be filled in. */
async function beginning(
	{ database }: BridgeContext,
	{ home }: Request
): Promise< ConnectionRecord > {
	const taken = new Set(
		( await database.connections.list() ).map(
			( { record } ) => record.name
		)
	);
	return connectionRecordSchema.parse( {
		name: connectionNameFor( home, taken ),
		store: {
			type: 'woocommerce',
			url: home,
			consumerKey: null,
			consumerSecret: null,
		},
		brightpearl: null,
	} );
}
